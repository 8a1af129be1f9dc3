"""Look-alikes with unusual places for answers: codes, check boxes, tools side by side, topics in a word or two."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

LEGEND_ABOVE = Look(
    "a_legend_of_codes_above",
    (
        Page(
            "Technical",
            (
                ("Technical requirements, tender 2026-14",),
                ("Please use the following codes in column D.",),
                ("F", "Fully met by the standard product"),
                ("P", "Partly met"),
                ("N", "Not met"),
                (),
                ("Req.", "Description of requirement", "M/D", "Code", "Remarks by tenderer"),
                ("3.1", "The controller shall restart without operator action after a power cut.", "M", "F", None),
                ("3.2", "Spare parts shall be available for 15 years.", "M", "P", "12 years by contract"),
                ("3.3", "The vendor shall hand over all passwords.", "D", "N", "Service accounts stay with us"),
                ("3.4", "Screens shall work without a browser plug-in.", "D", None, None),
            ),
        ),
    ),
    4,
    3,
    {
        "Technical!9": Seen(
            "3.2",
            "Spare parts shall be available for 15 years.",
            one("P"),
            "12 years by contract",
            cells={"answer": "D9", "comment": "E9", "id": "A9"},
        )
    },
)

CHECKBOXES = Look(
    "checkboxes_that_are_true_or_false",
    (
        Page(
            "Survey",
            (
                ("#", "Control question", "Yes", "No", "Unsure", "Comment"),
                (1, "Do operators have a local login?", True, False, False, None),
                (2, "Is the login tested when the network is down?", False, True, False, "Planned"),
                (3, "Is there a paper procedure?", False, False, False, None),
            ),
        ),
    ),
    3,
    2,
    {
        "Survey!3": Seen(
            "2", "Is the login tested when the network is down?", one("No"), "Planned", cells={"answer": "D3"}
        )
    },
)

GERMAN_TICKS = Look(
    "muss_kriterien_zum_ankreuzen",
    (
        Page(
            "Kriterien",
            (
                ("Kriterienkatalog", None, None, None, None, None, None),
                ("Lfd. Nr.", "Kriterium", "Art", "Erfüllungsgrad", None, None, "Erläuterungen des Bieters"),
                (None, None, None, "ja", "teilweise", "nein", None),
                ("A", "Autonomie"),
                ("A.1", "Die Anlage muss ohne Verbindung zum Hersteller laufen.", "MUSS", "X"),
                ("A.2", "Updates dürfen nur nach Freigabe durch den Betreiber eingespielt werden.", "MUSS", None, "X"),
                ("B", "Daten"),
                ("B.1", "Daten sind in einem offenen Format zu übergeben.", "SOLL", None, None, "X", "Nur PDF"),
            ),
            merges=("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3", "A1:G1"),
        ),
    ),
    3,
    3,
    {
        "Kriterien!6": Seen(
            "A.2",
            "Updates dürfen nur nach Freigabe durch den Betreiber eingespielt werden.",
            one("teilweise"),
            section="Autonomie",
            cells={"answer": "E6"},
        ),
        "Kriterien!8": Seen(
            "B.1", "Daten sind in einem offenen Format zu übergeben.", one("nein"), "Nur PDF", section="Daten"
        ),
    },
)

PAGE_BREAKS = Look(
    "header_printed_again_on_each_page",
    (
        Page(
            "Annex C",
            (
                ("Item", "Requirement", "Bidder's response"),
                ("C1", "State how long the plant runs without the server.", "For ever"),
                ("C2", "State which ports have to be open.", "None"),
                ("Item", "Requirement", "Bidder's response"),
                ("C3", "State who may read the logs.", "The plant"),
                ("C4", "State what happens when the licence ends.", None),
            ),
        ),
    ),
    4,
    3,
    {"Annex C!5": Seen("C3", "State who may read the logs.", one("The plant"), cells={"answer": "C5"})},
)

GAPS = Look(
    "empty_columns_between_and_a_narrow_margin",
    (
        Page(
            "Questions",
            (
                (None, "Ref", None, "Question", None, None, "Reply", None, "Supporting document"),
                (None, "1", None, "Where are backups kept?", None, None, "On site", None, "backup.pdf"),
                (None, "2", None, "Who restores them?", None, None, "Our own staff", None, None),
                (None, "3", None, "When was that last tried?", None, None, "2026-02-11", None, None),
            ),
            top=5,
        ),
    ),
    3,
    3,
    {
        "Questions!6": Seen(
            "1", "Where are backups kept?", one("On site"), evidence="backup.pdf", cells={"answer": "G6", "id": "B6"}
        )
    },
)

MATURITY = Look(
    "maturity_with_streams_and_levels",
    (
        Page(
            "Assessment",
            (
                ("Business Function", "Security Practice", "Stream", "Level", "Question", "Answer", "Interview notes"),
                ("Governance", "Strategy", "A", 1, "Do you understand the risk appetite?", "Yes, for some", "Ines"),
                ("Governance", "Strategy", "A", 2, "Do you have a plan for it?", "No", None),
                ("Design", "Threats", "B", 1, "Do you identify threats?", "Yes, for most", None),
                ("Design", "Threats", "B", 2, "Do you use a standard way to do that?", None, None),
            ),
        ),
        Page(
            "Scorecard",
            (
                ("Business Function", "Current score", "Target score"),
                ("Governance", "=AVERAGE(1,2)", 2),
                ("Design", "=AVERAGE(1,2)", 3),
            ),
        ),
    ),
    4,
    3,
    {
        "Assessment!3": Seen(
            "", "Do you have a plan for it?", one("No"), section="Governance / Strategy", cells={"answer": "F3"}
        )
    },
    skipped=("Scorecard",),
)

SCORED_VENDORS = Look(
    "vendors_with_score_and_remark",
    (
        Page(
            "Scoring",
            (
                (None, None, None, "Halden GmbH", None, "Northgate Ltd", None, "Alder", None),
                ("No", "Criterion", "Weight", "Score", "Remark", "Score", "Remark", "Score", "Remark"),
                (1, "Runs without the internet", 30, 4, "seen", 2, None, 3, None),
                (2, "Support for fifteen years", 20, 3, None, 4, "in contract", 1, "five only"),
                (None, "Total", 50, 7, None, 6, None, 4, None),
            ),
            merges=("D1:E1", "F1:G1", "H1:I1"),
        ),
    ),
    2,
    2,
    {
        "Scoring!4": Seen(
            "2",
            "Support for fifteen years",
            {"Halden GmbH": "3", "Northgate Ltd": "4", "Alder": "1"},
            cells={"answer": "D4"},
        )
    },
    vendors=("Halden GmbH", "Northgate Ltd", "Alder"),
)

ANSWER_FIRST = Look(
    "answer_left_of_the_question",
    (
        Page(
            "Check",
            (
                ("Yes/No", "No.", "Question", "Explanation"),
                ("Yes", "1", "Is every remote session recorded?", None),
                ("No", "2", "Can the plant end a session at once?", "Only the vendor can"),
                ("Yes", "3", "Is there a list of who had access?", None),
            ),
        ),
    ),
    3,
    3,
    {
        "Check!3": Seen(
            "2", "Can the plant end a session at once?", one("No"), "Only the vendor can", cells={"answer": "A3"}
        )
    },
)

DUTCH = Look(
    "vragenlijst",
    (
        Page(
            "Vragen",
            (
                ("Nr", "Vraag", "Antwoord", "Toelichting"),
                ("1.1", "Hoe lang werkt de installatie zonder internet?", "Onbeperkt", None),
                ("1.2", "Wie beheert de wachtwoorden?", "De klant", "Kluis op locatie"),
            ),
        ),
    ),
    2,
    2,
    {"Vragen!3": Seen("1.2", "Wie beheert de wachtwoorden?", one("De klant"), "Kluis op locatie")},
)

MERGED_SECTIONS = Look(
    "sections_merged_down_the_left",
    (
        Page(
            "Fragebogen",
            (
                ("Bereich", "ID", "Frage", "Antwort", "Kommentar"),
                ("Zugang", "Z1", "Wer darf sich anmelden?", "Nur der Betreiber", None),
                (None, "Z2", "Wird jede Anmeldung protokolliert?", "Ja", None),
                ("Betrieb", "B1", "Läuft die Anlage ohne Cloud?", "Ja", "Getestet 2025"),
                (None, "B2", "Wie lange?", None, None),
            ),
            merges=("A2:A3", "A4:A5"),
        ),
    ),
    4,
    3,
    {
        "Fragebogen!3": Seen("Z2", "Wird jede Anmeldung protokolliert?", one("Ja"), section="Zugang"),
        "Fragebogen!5": Seen("B2", "Wie lange?", one(""), section="Betrieb"),
    },
)

TOPICS = Look(
    "short_topics_instead_of_questions",
    (
        Page(
            "Vendor data",
            (
                ("Supplier questionnaire",),
                ("No.", "Topic", "Supplier answer"),
                ("1", "Legal name", "Northgate Controls Ltd"),
                ("2", "Number of employees", 240),
                ("3", "Certificates held", "ISO 9001"),
                ("4", "Insurance", None),
            ),
        ),
    ),
    4,
    3,
    {"Vendor data!4": Seen("2", "Number of employees", one("240"), cells={"answer": "C4"})},
)

LONG_TITLES = Look(
    "titles_that_are_whole_sentences",
    (
        Page(
            "RFI",
            (
                (
                    "Question number",
                    "Question to be answered by the supplier (please do not change the wording)",
                    "Supplier's response. Please answer Yes, No or Not applicable, and nothing else",
                    "Please explain your response and give references where you can",
                ),
                ("Q-1", "Do you sell to other plants of this kind?", "Yes", "Eleven of them"),
                ("Q-2", "May we visit one?", "Yes", None),
                ("Q-3", "Do you sell through partners?", "Not applicable", None),
            ),
        ),
    ),
    3,
    3,
    {"RFI!2": Seen("Q-1", "Do you sell to other plants of this kind?", one("Yes"), "Eleven of them")},
)

TWO_ANSWERED_SHEETS = Look(
    "general_and_technical_sheets_of_different_make",
    (
        Page(
            "Contents",
            (("Sheet", "What it is for"), ("General", "About your company"), ("Technical", "About the product")),
        ),
        Page(
            "General",
            (
                ("1", "How long have you been in business?", "30 years"),
                ("2", "Who owns the company?", "The founders"),
                ("3", "Have you had a breach in the last five years?", "No"),
            ),
        ),
        Page(
            "Technical",
            (
                ("Category", "Criteria", "Response", "Evidence"),
                ("Access", "Local accounts are possible", "Yes", "Manual 4.2"),
                ("Access", "Accounts can be removed by the plant", "Yes", None),
                ("Data", "Export without the vendor's help", "Partially", None),
            ),
        ),
    ),
    6,
    6,
    {
        "General!2": Seen("2", "Who owns the company?", one("The founders"), cells={"answer": "C2"}),
        "Technical!4": Seen("", "Export without the vendor's help", one("Partially"), section="Data"),
    },
    skipped=("Contents",),
)

TOOLS = Look(
    "tools_side_by_side_of_which_one_is_named",
    (
        Page(
            "Sheet1",
            (
                ("Note: ratings may change over time, and the authors take no responsibility for any damage.",),
                ("Reference", "no", "Parameter", "Description/Subsection", "Gatekeeper", None, None, None),
                (),
                (
                    None,
                    None,
                    None,
                    None,
                    "Points\n Yes-1\n No-0",
                    "Manual-0\n or Automatic-1",
                    "Points\n Yes-1\n No-0",
                    "Manual-0\n or Automatic-1",
                ),
                (None, 1, "Detection", "Does it detect a new device?", 1, 1),
                (None, None, None, "Does it detect a lost one?", 0, 1),
                (None, None, None, "Does it name the device?", 1, 0),
                (None, 2, "Reporting", "Is there a report that opens in a spreadsheet?", 1, 1),
                (None, None, "Score", "4 is the maximum", 3, 3),
            ),
            merges=(
                "A1:F1",
                "A2:A9",
                "B2:B4",
                "C2:C4",
                "D2:D4",
                "E2:F3",
                "G2:H3",
                "B5:B7",
                "C5:C7",
            ),
        ),
    ),
    4,
    4,
    {
        "Sheet1!6": Seen("1", "Does it detect a lost one?", {"Gatekeeper": "0"}, cells={"answer": "E6"}),
        "Sheet1!8": Seen("2", "Is there a report that opens in a spreadsheet?", {"Gatekeeper": "1"}),
    },
    vendors=("Gatekeeper",),
)

POLICY = Look(
    "questions_beside_a_text_that_is_no_answer",
    (
        Page(
            "Mapping",
            (
                (None, "Clause", "Specification", "Kind", "Q No.", "Conformance questions", "Template policy text"),
                (None, "3", "Requirements", "H"),
                (None, "3.1", "Foundation", "H"),
                (None, "3.1.1", "A written policy exists.", "RQ"),
                (
                    None,
                    "3.1.1.1",
                    "A documented policy.",
                    "VM",
                    "1.a",
                    "Do you have a documented policy?",
                    "Our policy is found at the place that is named here.",
                ),
                (
                    None,
                    "3.1.1.2",
                    "A procedure that makes people aware.",
                    "VM",
                    "1.b",
                    "Do you have a procedure that tells everybody?",
                    "All who join are told within a week of joining.",
                ),
                (None, None, None, "TX", None, None, "This policy covers everything that leaves the house."),
                (None, "3.1.2", "Competence", "H"),
                (
                    None,
                    "3.1.2.1",
                    "A list of roles.",
                    "VM",
                    "1.c",
                    "Have you identified the roles?",
                    "The list of roles is kept by the office.",
                ),
            ),
        ),
        Page(
            "Roles",
            (
                ("Roles and duties",),
                (None, "Code", "Name", "Description of role", "Competencies (detail)", "Time requirement"),
                ("Lead", "LD", "[insert name]", "Leads the programme from day to day", "Law, engineering", "Full time"),
                ("Board", "BD", "[insert name]", "Has the last word", "Business", "May be combined with other roles"),
                ("Trainer", "TR", "[insert name]", "Teaches the staff", "Patience", None),
                ("Counsel", "CO", "[insert name]", "Gives advice on the law", "Law", None),
                ("Tester", "TE", "[insert name]", "Tests what was built", "Care", None),
            ),
        ),
    ),
    3,
    0,
    {"Mapping!6": Seen("1.b", "Do you have a procedure that tells everybody?", {})},
    skipped=("Roles",),
)

LOOKS = (
    LEGEND_ABOVE,
    CHECKBOXES,
    GERMAN_TICKS,
    PAGE_BREAKS,
    GAPS,
    MATURITY,
    SCORED_VENDORS,
    ANSWER_FIRST,
    DUTCH,
    MERGED_SECTIONS,
    TOPICS,
    LONG_TITLES,
    TWO_ANSWERED_SHEETS,
    TOOLS,
    POLICY,
)
