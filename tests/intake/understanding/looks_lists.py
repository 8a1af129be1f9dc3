"""Look-alikes of lists that standards bodies and tender offices give out."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

MOBILE = Look(
    "mobile_checklist_with_status",
    (
        Page("Dashboard", (("Mobile checklist",), ("Passed", "=1+1"), ("Failed", "=0+1"), ("Not tested", "=3+4"))),
        Page(
            "Android",
            (
                (None, "Mobile requirements for Android"),
                (),
                (None, "ID", "MSTG-ID", "Detailed Verification Requirement", "L1", "L2", "Status", "Testing procedure"),
                (None, "V1", None, "Architecture"),
                (None, 1.1, "MSTG-ARCH-1", "All app components are needed.", "✓", "✓", "Pass", "Look at the design"),
                (None, 1.2, "MSTG-ARCH-2", "Security controls are enforced on the server.", "✓", "✓", "Fail", None),
                (None, "V2", None, "Data storage"),
                (None, 2.1, "MSTG-STO-1", "System credential storage is used.", "✓", "✓", "N/A", None),
                (None, 2.2, "MSTG-STO-2", "No sensitive data is written to logs.", None, "✓", None, None),
            ),
        ),
    ),
    4,
    3,
    {"Android!6": Seen("1.2", "Security controls are enforced on the server.", one("Fail"), section="Architecture")},
    skipped=("Dashboard",),
)

SOA = Look(
    "statement_of_applicability",
    (
        Page(
            "SoA",
            (
                ("Statement of applicability", None, None, "Owner:", "Ines"),
                ("Control ID", "Control title", "Control description", "Implemented?", "Justification", "Evidence"),
                ("A.5.1", "Policies", "Policies shall be defined and approved.", "Yes", "Required by law", "POL-1"),
                ("A.5.2", "Roles", "Roles shall be defined and allocated.", "Partially", None, None),
                ("A.5.3", "Duties", "Conflicting duties shall be segregated.", "No", "Too few people", None),
            ),
        ),
    ),
    3,
    3,
    {
        "SoA!3": Seen(
            "A.5.1",
            "Policies shall be defined and approved.",
            one("Yes"),
            "Required by law",
            "POL-1",
            cells={"answer": "D3"},
        )
    },
)

PAYMENT = Look(
    "payment_card_list_with_many_options",
    (
        Page(
            "SAQ",
            (
                ("PCI DSS Requirement", "Expected testing", "Response (check one for each requirement)"),
                (None, None, "In place", "In place with remediation", "Not applicable", "Not tested", "Not in place"),
                ("Requirement 1: Install and maintain network controls",),
                ("1.1.1 Policies for network controls are documented.", "Examine documentation.", "X"),
                ("1.2.1 Rules for network controls are defined.", "Examine rules.", None, None, "X"),
                ("1.2.3 A network diagram is maintained.", "Examine the diagram.", None, None, None, None, "X"),
                ("1.2.4 A data-flow diagram is maintained.", "Examine the diagram."),
            ),
            merges=("C1:G1", "A1:A2", "B1:B2", "A3:G3"),
        ),
    ),
    4,
    3,
    {
        "SAQ!5": Seen(
            "1.2.1",
            "1.2.1 Rules for network controls are defined.",
            one("Not applicable"),
            section="Requirement 1: Install and maintain network controls",
            cells={"answer": "E5"},
        )
    },
)

DEFENCE = Look(
    "requirements_with_implementation_state",
    (
        Page(
            "800-171",
            (
                (
                    "No.",
                    "Security Requirement",
                    "Implemented",
                    "Planned to be Implemented",
                    "Not Applicable",
                    "Comments",
                ),
                ("3.1 ACCESS CONTROL",),
                ("3.1.1", "Limit system access to authorized users.", "X", None, None, None),
                ("3.1.2", "Limit system access to permitted transactions.", None, "X", None, "By June"),
                ("3.2 AWARENESS",),
                ("3.2.1", "Inform managers and users of risks.", None, None, "X", None),
            ),
        ),
    ),
    3,
    3,
    {
        "800-171!4": Seen(
            "3.1.2", "Limit system access to permitted transactions.", one("Planned to be Implemented"), "By June"
        ),
        "800-171!6": Seen("3.2.1", "Inform managers and users of risks.", one("Not Applicable")),
    },
)

TWO_COLUMNS = Look(
    "privacy_questionnaire_of_two_columns",
    (
        Page(
            "Vendor DPIA",
            (
                ("Data protection questionnaire for suppliers",),
                ("Please complete all sections.",),
                ("1. About you", None),
                ("Name of your organisation", "Northgate"),
                ("Registered address", "1 Dock Street"),
                ("Do you have a data protection officer?", "Yes, Ines"),
                ("2. Data", None),
                ("What personal data will you process?", "Names and shifts"),
                ("Where will it be stored?", None),
                ("Will you use sub-processors?", "No"),
            ),
        ),
    ),
    6,
    5,
    {
        "Vendor DPIA!6": Seen("", "Do you have a data protection officer?", one("Yes, Ines"), section="1. About you"),
        "Vendor DPIA!9": Seen("", "Where will it be stored?", one(""), section="2. Data"),
    },
)

CONTROLS = Look(
    "controls_with_several_states",
    (
        Page(
            "Controls",
            (
                (
                    "CIS Control",
                    "CIS Safeguard",
                    "Asset Type",
                    "Security Function",
                    "Title",
                    "Description",
                    "IG1",
                    "IG2",
                    "Policy Defined",
                    "Control Implemented",
                ),
                (1, None, None, None, "Inventory of assets", "Actively manage all enterprise assets."),
                (
                    1,
                    1.1,
                    "Devices",
                    "Identify",
                    "Keep an inventory",
                    "Establish an accurate inventory.",
                    "x",
                    "x",
                    "Yes",
                    "Yes",
                ),
                (
                    1,
                    1.2,
                    "Devices",
                    "Respond",
                    "Address others",
                    "Ensure that a process exists.",
                    "x",
                    "x",
                    "No",
                    "Partly",
                ),
                (2, None, None, None, "Inventory of software", "Actively manage all software."),
                (2, 2.1, "Software", "Identify", "Keep a list", "Establish a detailed list.", "x", "x", "Yes", "No"),
            ),
        ),
    ),
    3,
    3,
    {"Controls!3": Seen("1.1", "Establish an accurate inventory.", one("Yes"), cells={"id": "B3", "answer": "J3"})},
)

LETTERED = Look(
    "tender_with_price_and_letters",
    (
        Page(
            "Lot 1",
            (
                ("LOT 1: SUPPLY OF CONTROL SYSTEMS",),
                ("Item", "Technical specification required", "Technical specification offered", "Deviation (if any)"),
                ("a", "Controllers shall start without a network.", "They do.", None),
                ("b", "Power supply shall be redundant.", "Redundant, hot swap.", None),
                ("c", "Delivery within 12 weeks.", "16 weeks", "Four weeks later"),
            ),
        ),
        Page(
            "Prices",
            (
                ("Pos", "Article", "Quantity", "Price per unit (EUR)", "Total (EUR)"),
                (1, "Controller", 12, 800, "=C2*D2"),
                (2, "Panel", 3, 2100, "=C3*D3"),
                (3, "Training day", 2, 900, "=C4*D4"),
            ),
        ),
    ),
    3,
    3,
    {
        "Lot 1!5": Seen(
            "c",
            "Delivery within 12 weeks.",
            one("16 weeks"),
            "Four weeks later",
            cells={"answer": "C5", "comment": "D5"},
        )
    },
    skipped=("Prices",),
)

FRENCH_TICKS = Look(
    "grille_oui_non",
    (
        Page(
            "Grille",
            (
                ("Réf.", "Exigence", "Oui", "Non", "Partiel", "Observations du soumissionnaire"),
                ("E1", "Le système doit fonctionner sans internet.", "X", None, None, None),
                ("E2", "Les données doivent rester sur site.", None, None, "X", "Sauf les journaux"),
                ("E3", "Le fournisseur doit annoncer toute intervention.", None, "X", None, None),
            ),
        ),
    ),
    3,
    3,
    {"Grille!3": Seen("E2", "Les données doivent rester sur site.", one("Partiel"), "Sauf les journaux")},
)

VERIFICATION = Look(
    "verification_standard_with_chapters",
    (
        Page(
            "ASVS",
            (
                (
                    "Section ID",
                    "Section name",
                    "Area",
                    "#",
                    "Requirement",
                    "Level 1",
                    "Level 2",
                    "CWE",
                    "Valid",
                    "Comment",
                ),
                (
                    "V1",
                    "Architecture",
                    "Lifecycle",
                    "1.1.1",
                    "Verify the use of a secure life cycle.",
                    None,
                    "✓",
                    1053,
                    "Valid",
                    None,
                ),
                (
                    "V1",
                    "Architecture",
                    "Lifecycle",
                    "1.1.2",
                    "Verify the use of threat modelling.",
                    None,
                    "✓",
                    1053,
                    "Non-valid",
                    "Not yet",
                ),
                (
                    "V2",
                    "Authentication",
                    "Passwords",
                    "2.1.1",
                    "Verify that passwords are long.",
                    "✓",
                    "✓",
                    521,
                    "Not applicable",
                    None,
                ),
                (
                    "V2",
                    "Authentication",
                    "Passwords",
                    "2.1.2",
                    "Verify that spaces are allowed.",
                    "✓",
                    "✓",
                    521,
                    None,
                    None,
                ),
            ),
        ),
    ),
    4,
    3,
    {"ASVS!3": Seen("1.1.2", "Verify the use of threat modelling.", one("Non-valid"), "Not yet")},
)

FORMULA_QUESTIONS = Look(
    "answers_far_from_their_questions",
    (
        Page(
            "Evaluation",
            (
                ("Criterion no.", "Criterion", "Max. points", "How we judge", "Your answer", "Attachment no."),
                (
                    "C1",
                    "Describe how you support plants at night.",
                    10,
                    "Full marks for people on site",
                    "By phone",
                    "4",
                ),
                ("C2", "Describe your training.", 5, "Full marks for training in our language", None, None),
                ("C3", "Describe your spare parts.", 5, "Full marks for parts on site", "Stock in Bergen", "7"),
            ),
        ),
    ),
    3,
    2,
    {
        "Evaluation!4": Seen(
            "C3", "Describe your spare parts.", one("Stock in Bergen"), evidence="7", cells={"answer": "E4"}
        )
    },
)

LOOKS = (
    MOBILE,
    SOA,
    PAYMENT,
    DEFENCE,
    TWO_COLUMNS,
    CONTROLS,
    LETTERED,
    FRENCH_TICKS,
    VERIFICATION,
    FORMULA_QUESTIONS,
)
