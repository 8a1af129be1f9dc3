"""Look-alikes of what buyers send out themselves: requirement lists, several languages, several vendors."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

MATRIX = Look(
    "compliant_partially_not",
    (
        Page(
            "Requirements",
            (
                ("Request for proposal 17: control room",),
                ("Req ID", "Requirement", "Priority", "Compliance", None, None, "Comments / deviations"),
                (None, None, None, "Fully compliant", "Partially compliant", "Not compliant", None),
                ("1", "General"),
                ("1.1", "The system shall run without the internet.", "M", "x", None, None, None),
                ("1.2", "The system shall keep records for ten years.", "S", None, "x", None, "Five years"),
                ("1.3", "The system should export open formats.", "C", None, None, "x", "Planned"),
                ("2", "Support"),
                ("2.10", "The bidder shall support the system for 15 years.", "M", None, None, None, None),
            ),
            merges=("D2:F2", "A2:A3", "B2:B3", "C2:C3", "G2:G3"),
        ),
    ),
    4,
    3,
    {
        "Requirements!6": Seen(
            "1.2",
            "The system shall keep records for ten years.",
            one("Partially compliant"),
            "Five years",
            section="General",
            cells={"answer": "E6"},
        ),
        "Requirements!9": Seen("2.10", "The bidder shall support the system for 15 years.", one(""), section="Support"),
    },
)

CODED = Look(
    "codes_and_a_free_text",
    (
        Page(
            "Functional",
            (
                ("Ref", "Functional requirement", "MoSCoW", "Compliance (C/PC/NC)", "Supplier response"),
                ("F-001", "Alarms must be acknowledged at the panel.", "Must", "C", "Standard function."),
                ("F-002", "Trends must be kept for a year.", "Must", "PC", "Ninety days unless an archive is bought."),
                ("F-003", "Reports must open in a spreadsheet.", "Should", "NC", None),
            ),
        ),
        Page(
            "Pricing",
            (
                ("Item", "Description", "Qty", "Unit price", "Total"),
                (1, "Server licence", 2, 4500, "=C2*D2"),
                (2, "Commissioning, per day", 10, 900, "=C3*D3"),
                (None, "Total", None, None, "=SUM(E2:E3)"),
            ),
        ),
    ),
    3,
    3,
    {
        "Functional!3": Seen(
            "F-002",
            "Trends must be kept for a year.",
            one("PC"),
            "Ninety days unless an archive is bought.",
            cells={"answer": "D3", "comment": "E3"},
        ),
    },
    skipped=("Pricing",),
)

GERMAN = Look(
    "leistungsverzeichnis",
    (
        Page("Deckblatt", (("Leistungsverzeichnis Leitsystem",), ("Bieter:", "Nordtor GmbH"))),
        Page(
            "LV",
            (
                ("Pos.", "Anforderung", "Muss/Soll", "Erfüllt (ja/nein)", "Bemerkung des Bieters", "Nachweis"),
                ("1", "Betrieb"),
                ("1.10", "Das System muss ohne Internet laufen.", "Muss", "ja", None, "Handbuch S. 12"),
                ("1.20", "Der Hersteller soll Ersatzteile vorhalten.", "Soll", "nein", "Nur auf Bestellung", None),
                ("2", "Zugang"),
                ("2.10", "Wie wird der Notzugang geregelt?", "Muss", "entfällt", None, None),
            ),
        ),
    ),
    3,
    3,
    {
        "LV!3": Seen(
            "1.10",
            "Das System muss ohne Internet laufen.",
            one("ja"),
            evidence="Handbuch S. 12",
            section="Betrieb",
        ),
        "LV!4": Seen("1.20", "Der Hersteller soll Ersatzteile vorhalten.", one("nein"), "Nur auf Bestellung"),
    },
    skipped=("Deckblatt",),
)

FRENCH = Look(
    "questionnaire_en_francais",
    (
        Page(
            "Sécurité",
            (
                ("N°", "Thème", "Question", "Réponse", "Commentaires", "Pièces jointes"),
                (1, "Accès", "Les accès sont-ils revus chaque année ?", "Oui", None, "Procédure.pdf"),
                (2, "Accès", "Comment les comptes sont-ils fermés ?", "À la demande", "Sous 24 h", None),
                (3, "Données", "Les données restent-elles sur site ?", "Non", None, None),
            ),
        ),
    ),
    3,
    3,
    {
        "Sécurité!3": Seen(
            "2", "Comment les comptes sont-ils fermés ?", one("À la demande"), "Sous 24 h", section="Accès"
        )
    },
)

SPANISH = Look(
    "cuestionario_en_espanol",
    (
        Page(
            "Requisitos",
            (
                ("Código", "Requisito", "Cumple", "Observaciones"),
                ("R-1", "El sistema debe funcionar sin conexión.", "Sí", None),
                ("R-2", "El proveedor debe entregar los datos en un formato abierto.", "Parcial", "Solo CSV"),
                ("R-3", "¿Quién guarda las claves?", "No aplica", None),
            ),
        ),
    ),
    3,
    3,
    {
        "Requisitos!3": Seen(
            "R-2", "El proveedor debe entregar los datos en un formato abierto.", one("Parcial"), "Solo CSV"
        )
    },
)

VENDORS = Look(
    "vendors_side_by_side",
    (
        Page(
            "Comparison",
            (
                ("Criteria", "Weight", "Halden", "Northgate", "Alder & Sons"),
                ("Operation", None, None, None, None),
                ("Runs without the internet", 5, "Yes", "Yes, for a week", "No"),
                ("Own staff can configure it", 3, "Partly", None, "Yes"),
                ("Commercial",),
                ("Support for 15 years", 4, "Yes", "No", "Yes"),
                ("Price list is public", 2, None, None, None),
            ),
            merges=("A2:E2", "A5:E5"),
        ),
    ),
    4,
    3,
    {
        "Comparison!3": Seen(
            "",
            "Runs without the internet",
            {"Halden": "Yes", "Northgate": "Yes, for a week", "Alder & Sons": "No"},
            section="Operation",
        ),
        "Comparison!4": Seen("", "Own staff can configure it", {"Halden": "Partly", "Northgate": ""}),
    },
    vendors=("Halden", "Northgate", "Alder & Sons"),
)

VENDOR_PAIRS = Look(
    "vendors_over_answer_and_comment",
    (
        Page(
            "Evaluation",
            (
                ("Technical evaluation",),
                ("No.", "Question", "Halden", None, "Northgate", None),
                (None, None, "Answer", "Comment", "Answer", "Comment"),
                (1, "Does it run without the vendor?", "Yes", "Tested", "No", "Needs the cloud"),
                (2, "Who may configure it?", "Anybody", None, "The vendor", None),
                (3, "Is the export open?", None, None, "Yes", None),
            ),
            merges=("C2:D2", "E2:F2", "A2:A3", "B2:B3"),
        ),
    ),
    3,
    3,
    {
        "Evaluation!4": Seen(
            "1",
            "Does it run without the vendor?",
            {"Halden": "Yes", "Northgate": "No"},
            cells={"answer": "C4", "comment": "D4"},
        ),
        "Evaluation!6": Seen("3", "Is the export open?", {"Halden": "", "Northgate": "Yes"}),
    },
    vendors=("Halden", "Northgate"),
)

VENDOR_TITLES = Look(
    "vendors_named_in_each_title",
    (
        Page(
            "Sheet1",
            (
                (
                    "ID",
                    "Requirement",
                    "Vendor A Response",
                    "Vendor A Comments",
                    "Vendor B Response",
                    "Vendor B Comments",
                ),
                ("R1", "The gateway shall work offline.", "Comply", None, "Partial", "Only reading"),
                ("R2", "The gateway shall log each access.", "Comply", "Syslog", "Comply", None),
            ),
        ),
    ),
    2,
    2,
    {"Sheet1!2": Seen("R1", "The gateway shall work offline.", {"Vendor A": "Comply", "Vendor B": "Partial"})},
    vendors=("Vendor A", "Vendor B"),
)

VENDOR_HOT = Look(
    "vendors_over_yes_and_no",
    (
        Page(
            "Matrix",
            (
                ("Feature", "Halden", None, "Northgate", None),
                (None, "Yes", "No", "Yes", "No"),
                ("Does it speak Modbus?", "x", None, "x", None),
                ("Does it speak OPC UA?", None, "x", "x", None),
                ("Does it need a dongle?", None, "x", None, "x"),
            ),
            merges=("B1:C1", "D1:E1", "A1:A2"),
        ),
    ),
    3,
    3,
    {"Matrix!4": Seen("", "Does it speak OPC UA?", {"Halden": "No", "Northgate": "Yes"}, cells={"answer": "C4"})},
    vendors=("Halden", "Northgate"),
)

STATUS_LIST = Look(
    "review_list_with_status",
    (
        Page(
            "Checklist",
            (
                (),
                ("Cloud checklist",),
                (),
                (
                    "Main Area",
                    "Sub Area",
                    "Checklist item",
                    "Description (optional)",
                    "Severity",
                    "Status",
                    "Comment",
                    "More info",
                    "GUID",
                    "Cost",
                ),
                (
                    "Network",
                    "Hybrid",
                    "Use one tenant for all resources, unless there is a reason not to.",
                    None,
                    "High",
                    "Fulfilled",
                    None,
                    "https://example.org/tenant",
                    None,
                    "70c15989-c726-42c7-b0d3-24b7375b9201",
                ),
                (
                    "Network",
                    "Edge",
                    "Define and document your support escalation.",
                    None,
                    "Low",
                    "Open",
                    "In June",
                    "https://example.org/support",
                    None,
                    "6309957b-821a-43d1-b9d9-7fcf1802b747",
                ),
                (
                    "Identity",
                    "Roles",
                    "Enforce a least-privilege model for operators.",
                    None,
                    "Medium",
                    "Not required",
                    None,
                    "https://example.org/roles",
                    None,
                    "78e11934-499a-45ed-8ef7-aae5578f0ecf",
                ),
            ),
        ),
        Page(
            "Values",
            (
                ("Severity", "Status", "Category", "Languages"),
                ("High", "Not verified", "Network", "en"),
                ("Medium", "Open", "Identity", "ja"),
                ("Low", "Fulfilled", None, "ko"),
            ),
        ),
    ),
    3,
    3,
    {
        "Checklist!6": Seen(
            "6309957b-821a-43d1-b9d9-7fcf1802b747",
            "Define and document your support escalation.",
            one("Open"),
            "In June",
            section="Network / Edge",
        )
    },
    skipped=("Values",),
)

LOOKS = (
    MATRIX,
    CODED,
    GERMAN,
    FRENCH,
    SPANISH,
    VENDORS,
    VENDOR_PAIRS,
    VENDOR_TITLES,
    VENDOR_HOT,
    STATUS_LIST,
)
