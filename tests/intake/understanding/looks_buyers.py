"""Look-alikes of lists that buyers make themselves, and of sheets that ask nothing and must be left out."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

NOT_ASKING = Look(
    "sheets_that_ask_nothing",
    (
        Page(
            "Contacts",
            (
                ("Name", "Role", "Email", "Phone"),
                ("Ines", "Purchasing", "ines@example.org", "1234"),
                ("Olu", "Operations", "olu@example.org", "2345"),
                ("Ben", "IT", "ben@example.org", "3456"),
            ),
        ),
        Page(
            "Assets",
            (
                ("Asset ID", "Description", "Location", "Vendor", "Status"),
                ("PLC-001", "Pump controller, hall 3", "Hall 3", "Halden", "In use"),
                ("PLC-002", "Valve controller, hall 3", "Hall 3", "Halden", "In use"),
                ("HMI-001", "Panel of the control room", "Control room", "Alder", "Spare"),
            ),
        ),
        Page(
            "Plan",
            (
                ("Task", "Owner", "Start", "End", "Status"),
                ("Kick-off", "Ines", "2026-01-10", "2026-01-10", "Done"),
                ("Send the questionnaire", "Ines", "2026-01-12", "2026-01-20", "Done"),
                ("Read the answers", "Panel", "2026-02-01", "2026-02-20", "Open"),
            ),
        ),
        Page("Glossary", (("Term", "Meaning"), ("DMZ", "A zone between two others"), ("HMI", "A panel for operators"))),
        Page(
            "Revisions",
            (
                ("Rev.", "Date", "Author", "Changes"),
                ("A", "2025-11-01", "Ines", "First issue"),
                ("B", "2025-12-04", "Ben", "Questions on access added"),
            ),
        ),
    ),
    0,
    0,
    skipped=("Contacts", "Assets", "Plan", "Glossary", "Revisions"),
)

BASELINE = Look(
    "baseline_requirement_with_state_and_gap",
    (
        Page(
            "Baseline",
            (
                ("Cyber baseline for suppliers",),
                ("Supplier name:", "Northgate", None, "Date:", "2026-03-01"),
                (),
                ("Ref", "Domain", "Baseline requirement", "Compliance status", "Gap description", "Target date"),
                ("B-01", "Access", "Remote access is closed unless needed.", "Compliant", None, None),
                (
                    "B-02",
                    "Access",
                    "Shared accounts are not used.",
                    "Non-compliant",
                    "Two shared accounts",
                    "2026-09-01",
                ),
                ("B-03", "Backup", "Backups are kept off line.", "Partially compliant", "One of two", "2026-07-01"),
            ),
        ),
    ),
    3,
    3,
    {
        "Baseline!6": Seen(
            "B-02",
            "Shared accounts are not used.",
            one("Non-compliant"),
            section="Access",
            cells={"answer": "D6", "id": "A6"},
        )
    },
)

RADIO = Look(
    "scale_from_one_to_five_to_tick",
    (
        Page(
            "Survey",
            (
                ("No", "Statement", "1", "2", "3", "4", "5", "Remarks"),
                (1, "Our staff can run the plant without the vendor.", None, None, None, "x", None, None),
                (2, "Our staff can restore every controller.", None, "x", None, None, None, "Two of nine"),
                (3, "Our staff know whom to call at night.", None, None, None, None, "x", None),
                (4, "Our staff practise that every year.", None, None, None, None, None, None),
            ),
        ),
    ),
    4,
    3,
    {"Survey!3": Seen("2", "Our staff can restore every controller.", one("2"), "Two of nine", cells={"answer": "D3"})},
)

BIDDERS = Look(
    "bidders_with_compliance_and_remarks",
    (
        Page(
            "TBE",
            (
                ("Technical bid evaluation",),
                ("Sl. No.", "Description", "Tender requirement", "Bidder 1: Halden", None, "Bidder 2: Alder", None),
                (None, None, None, "Offered", "Remarks", "Offered", "Remarks"),
                (
                    1,
                    "Redundancy",
                    "Controllers shall be redundant",
                    "Hot standby",
                    None,
                    "Cold standby",
                    "Not accepted",
                ),
                (2, "Protocol", "OPC UA shall be supported", "Yes", None, "Yes", "With a gateway"),
                (3, "Warranty", "60 months required", "60 months", None, "24 months", None),
            ),
            merges=("D2:E2", "F2:G2", "A2:A3", "B2:B3", "C2:C3"),
        ),
    ),
    3,
    3,
    {
        "TBE!4": Seen(
            "1",
            "Controllers shall be redundant",
            {"Bidder 1: Halden": "Hot standby", "Bidder 2: Alder": "Cold standby"},
            cells={"answer": "D4"},
        )
    },
    vendors=("Bidder 1: Halden", "Bidder 2: Alder"),
)

ITALIAN = Look(
    "questionario_italiano",
    (
        Page(
            "Foglio1",
            (
                ("N.", "Domanda", "Risposta", "Note"),
                (1, "Il sistema funziona senza internet?", "Sì", None),
                (2, "Chi custodisce le chiavi?", "Il cliente", "Cassaforte"),
            ),
        ),
    ),
    2,
    2,
    {"Foglio1!3": Seen("2", "Chi custodisce le chiavi?", one("Il cliente"), "Cassaforte")},
)

SUBQUESTIONS = Look(
    "questions_with_lettered_rows_beneath",
    (
        Page(
            "RFI",
            (
                ("No.", "Question", "Response"),
                ("1", "Access:", None),
                ("1a", "Who can log in from outside?", "Nobody"),
                ("1b", "Who can allow it?", "The shift leader"),
                ("2", "Data:", None),
                ("2a", "Which data leave the plant?", "None"),
                ("2b", "Who decides that?", None),
            ),
        ),
    ),
    4,
    3,
    {
        "RFI!4": Seen("1b", "Who can allow it?", one("The shift leader"), cells={"answer": "C4"}),
        "RFI!7": Seen("2b", "Who decides that?", one("")),
    },
)

EVIDENCE_LINKS = Look(
    "answers_with_links_and_owners",
    (
        Page(
            "Controls",
            (
                ("Control", "Question", "Owner", "Response", "Link", "Last updated", "Internal notes"),
                (
                    "AC-1",
                    "Is access reviewed?",
                    "Ben",
                    "Yes, each quarter",
                    "https://example.org/1",
                    "2026-01-01",
                    "ok",
                ),
                ("AC-2", "Are leavers removed?", "Ben", "Within a day", "https://example.org/2", "2026-01-01", None),
                ("AU-1", "Are logs kept?", "Ola", "For a year", None, "2026-01-02", "ask again"),
            ),
        ),
    ),
    3,
    3,
    {
        "Controls!2": Seen(
            "AC-1",
            "Is access reviewed?",
            one("Yes, each quarter"),
            evidence="https://example.org/1",
            cells={"answer": "D2", "id": "A2"},
        )
    },
)

UNTITLED_FIRST = Look(
    "numbers_without_a_title",
    (
        Page(
            "Fragen",
            (
                (None, "Fragen zur Sicherheit", "Antwort des Lieferanten"),
                ("1.", "Wer pflegt die Firewall?", "Der Betreiber"),
                ("2.", "Wie oft werden Regeln geprüft?", "Jährlich"),
                ("3.", "Gibt es eine Notfallkarte?", None),
            ),
        ),
    ),
    3,
    2,
    {"Fragen!2": Seen("1.", "Wer pflegt die Firewall?", one("Der Betreiber"), cells={"id": "A2"})},
)

PLAIN_CRITERIA = Look(
    "plain_criteria_with_y_and_n",
    (
        Page(
            "Functions",
            (
                ("Module", "Function", "Y/N", "Comment"),
                ("Alarms", "Shelving with a time limit", "Y", None),
                ("Alarms", "Export to a spreadsheet", "N", "Next version"),
                ("Trends", "Compare two batches", "Y", None),
                ("Trends", "Print without the server", None, None),
            ),
        ),
    ),
    4,
    3,
    {
        "Functions!3": Seen(
            "", "Export to a spreadsheet", one("N"), "Next version", section="Alarms", cells={"answer": "C3"}
        )
    },
)

ASIDE = Look(
    "a_list_of_choices_beside_the_questions",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer", None, None, "Choices"),
                ("1", "Is the cabinet locked?", "Yes", None, None, "Yes"),
                ("2", "Is the key counted?", "No", None, None, "No"),
                ("3", "Is there a spare key?", None, None, None, "Not applicable"),
                ("4", "Is it in the safe?", "Yes"),
            ),
        ),
    ),
    4,
    3,
    {"Questions!3": Seen("2", "Is the key counted?", one("No"), cells={"answer": "C3"})},
)

LOOKS = (
    NOT_ASKING,
    BASELINE,
    RADIO,
    BIDDERS,
    ITALIAN,
    SUBQUESTIONS,
    EVIDENCE_LINKS,
    UNTITLED_FIRST,
    PLAIN_CRITERIA,
    ASIDE,
)
