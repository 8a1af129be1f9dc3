"""Look-alikes of what makes workbooks hard to read: places, merges, hidden parts, several questions in a cell."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

FAR_AWAY = Look(
    "header_far_down_and_right",
    (
        Page(
            "Form",
            (
                ("No.", "Question", "Your answer", "Remarks"),
                (1, "Can operators work without you?", "Yes", None),
                (2, "How long can they do that?", "For ever", "Tested in May"),
            ),
            top=41,
            left=7,
        ),
    ),
    2,
    2,
    {
        "Form!43": Seen(
            "2", "How long can they do that?", one("For ever"), "Tested in May", cells={"answer": "I43", "id": "G43"}
        )
    },
)

NO_HEADER = Look(
    "no_header_at_all",
    (
        Page(
            "Sheet1",
            (
                (
                    "Q-01",
                    "Do you test your recovery plan every year?",
                    "Yes",
                    "Last time in spring, with the operators.",
                ),
                ("Q-02", "Is remote access closed unless somebody asks for it?", "No", None),
                ("Q-03", "Do you give notice of every change?", "Yes", "Four weeks before."),
                ("Q-04", "Can the plant refuse an update?", "N/A", None),
            ),
        ),
    ),
    4,
    4,
    {
        "Sheet1!1": Seen(
            "Q-01",
            "Do you test your recovery plan every year?",
            one("Yes"),
            "Last time in spring, with the operators.",
        )
    },
)

BARE_LIST = Look(
    "a_list_of_questions_alone",
    (
        Page(
            "Our questions",
            (
                ("Section", "No", "Question", "Hint for the vendor"),
                ("Operation", "1", "Can the plant run without you?", "Think of a week."),
                ("Operation", "2", "Who may change a set point?", None),
                ("Exit", "3", "In which format do we get our data?", None),
            ),
        ),
    ),
    3,
    0,
    {"Our questions!2": Seen("1", "Can the plant run without you?", {}, section="Operation")},
)

BLANK_FORM = Look(
    "nobody_has_answered",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer (Yes/No/NA)", "Explanation"),
                ("1.1", "Do you keep spare parts?", None, None),
                ("1.10", "Do you keep them for ten years?", None, None),
                ("1.2", "Who pays for them?", None, None),
            ),
            formats={"A3": "@"},
        ),
    ),
    3,
    0,
    {"Questions!3": Seen("1.10", "Do you keep them for ten years?", one(""))},
)

NUMBERS = Look(
    "ids_that_are_numbers",
    (
        Page(
            "Questions",
            (
                ("#", "Question", "Answer"),
                (1.1, "Do you keep spare parts?", "Yes"),
                (1.1, "Do you keep them for ten years?", "No"),
                (1.2, "Who pays for them?", "The buyer"),
                (1.2, "Where do they lie?", "Here"),
            ),
            formats={"A3": "0.00", "A2": "0.0"},
        ),
    ),
    4,
    4,
    {
        "Questions!2": Seen("1.1", "Do you keep spare parts?", one("Yes")),
        "Questions!3": Seen("1.10", "Do you keep them for ten years?", one("No")),
    },
    told=(("1.2", "Questions!A5"),),
)

REPEATED = Look(
    "header_repeated_with_other_columns_order_kept",
    (
        Page(
            "All",
            (
                ("1. Access",),
                ("No.", "Question", "Response", "Comment"),
                ("1.1", "Who has access?", "Two people", None),
                ("1.2", "Is it logged?", "Yes", None),
                (),
                ("2. Change",),
                ("No.", "Question", "Response", "Comment"),
                ("2.1", "Who approves changes?", "The plant", None),
                ("2.2", "Are changes tested?", None, "Not yet"),
            ),
            merges=("A1:D1", "A6:D6"),
        ),
    ),
    4,
    4,
    {
        "All!3": Seen("1.1", "Who has access?", one("Two people"), section="1. Access"),
        "All!9": Seen("2.2", "Are changes tested?", one(""), "Not yet", section="2. Change"),
    },
)

MERGED_DOWN = Look(
    "several_answer_rows_beneath_a_merged_question",
    (
        Page(
            "Sites",
            (
                ("No.", "Question", "Answer", "Evidence"),
                ("1", "Which sites run without the cloud?", "Halden", "Photo 1"),
                (None, None, "Moss", "Photo 2"),
                (None, None, "Skien", None),
                ("2", "Who visits them?", "Our own staff", None),
            ),
            merges=("A2:A4", "B2:B4"),
        ),
    ),
    2,
    2,
    {
        "Sites!2": Seen(
            "1",
            "Which sites run without the cloud?",
            one("Halden\nMoss\nSkien"),
            evidence="Photo 1\nPhoto 2",
            cells={"answer": "C2:C4"},
        )
    },
)

SEVERAL = Look(
    "several_questions_in_a_cell",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer"),
                (
                    "S1",
                    "a) Do you encrypt data at rest?\nb) Do you encrypt it in transit?\nc) Who holds the keys?",
                    "a) Yes\nb) No\nc) The plant",
                ),
                (
                    "S2",
                    "1. Do you log access?\n2. How long are logs kept?",
                    "Yes, for a year.",
                ),
                ("S3", "Is there a plan for leaving?", "Yes"),
            ),
        ),
    ),
    5,
    5,
    {
        "Questions!2.2": Seen("S1", "b) Do you encrypt it in transit?", one("No"), cells={"answer": "C2"}),
        "Questions!2.3": Seen("S1", "c) Who holds the keys?", one("The plant")),
        "Questions!3": Seen("S2", "1. Do you log access?\n2. How long are logs kept?", one("Yes, for a year.")),
    },
    told=(("several questions", "Questions!B3"),),
)

HIDDEN = Look(
    "hidden_rows_columns_and_sheets",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer", "Comment"),
                ("1", "Is it safe?", "Yes", "Not really"),
                ("2", "Is it paid for?", "No", None),
                ("3", "Is it here?", "Yes", None),
            ),
            hidden_rows=(3,),
            hidden_columns=("D",),
        ),
        Page(
            "More",
            (("ID", "Question", "Answer"), ("9", "Does anybody see this sheet?", "No")),
            visible=False,
        ),
    ),
    4,
    4,
    {
        "Questions!3": Seen("2", "Is it paid for?", one("No")),
        "Questions!2": Seen("1", "Is it safe?", one("Yes"), "Not really"),
        "More!2": Seen("9", "Does anybody see this sheet?", one("No")),
    },
    told=(("hidden row", "Questions!C3"), ("hidden column", "Questions!D2"), ("sheet is hidden", "More")),
)

SPOILT = Look(
    "formulas_errors_and_struck_words",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer", "Comment"),
                ("1", "Is it safe?", "=1/0", None),
                ("2", "Is it paid for?", "#REF!", None),
                ("3", "Is it here?", "Yes, always", None),
                ("4", "Is it red?", "Yes", "=B2"),
            ),
            struck=("C4",),
        ),
    ),
    4,
    2,
    {"Questions!4": Seen("3", "Is it here?", one("Yes, always"))},
    told=(
        ("without a stored result", "Questions!C2"),
        ("#REF!", "Questions!C3"),
        ("struck out", "Questions!C4"),
        ("without a stored result", "Questions!D5"),
    ),
)

BOTH_MARKED = Look(
    "two_options_marked",
    (
        Page(
            "Questions",
            (
                ("No.", "Requirement", "Yes", "No", "N/A", "Remarks"),
                ("1", "The pump shall stop by itself.", "x", None, None, None),
                ("2", "The pump shall start by itself.", "x", "x", None, None),
                ("3", "The pump shall be blue.", None, None, "x", "It is green"),
                ("4", "The pump shall be quiet.", "only at night", None, None, None),
            ),
        ),
    ),
    4,
    4,
    {
        "Questions!3": Seen("2", "The pump shall start by itself.", one("Yes; No")),
        "Questions!5": Seen("4", "The pump shall be quiet.", one("Yes: only at night")),
    },
    told=(("more than one", "Questions!C3"),),
)

PROSE = Look(
    "nothing_but_prose_and_numbers",
    (
        Page(
            "Read me",
            (
                ("How to fill in this workbook",),
                ("Please read every line of this text before you begin with the first of the questions.",),
                ("Did you know that you may ask us at any time?",),
            ),
        ),
        Page(
            "Dashboard",
            (
                ("Area", "Open", "Closed", "Total"),
                ("Access", "=1+1", "=2+2", "=B2+C2"),
                ("Change", "=3+1", "=2+2", "=B3+C3"),
                ("Exit", "=0+1", "=2+2", "=B4+C4"),
            ),
        ),
        Page(
            "Changes",
            (
                ("Version", "Date", "Description of change"),
                ("1.0", "2024-01-01", "Verify that the first version was published"),
                ("1.1", "2024-05-01", "Added the questions on exit"),
            ),
        ),
    ),
    0,
    0,
    skipped=("Read me", "Dashboard", "Changes"),
)

NO_IDS = Look(
    "questions_without_ids_or_numbers",
    (
        Page(
            "Due diligence",
            (
                ("Question", "Response"),
                ("Company",),
                ("What is the name of your company?", "Northgate"),
                ("How many people work there?", 240),
                ("Operation",),
                ("Can the plant run without you?", None),
                ("Since when have you sold this product?", "2011-03-01"),
            ),
        ),
    ),
    4,
    3,
    {
        "Due diligence!4": Seen("", "How many people work there?", one("240"), section="Company"),
        "Due diligence!6": Seen("", "Can the plant run without you?", one(""), section="Operation"),
    },
)

NUMBERED_QUESTIONS = Look(
    "numbers_within_the_questions",
    (
        Page(
            "Questions",
            (
                ("Question", "Vendor response"),
                ("1.1 Do you keep our data on site?", "Yes"),
                ("1.2 Do you keep copies elsewhere?", "No"),
                ("1.10 Who may see them?", "Nobody"),
            ),
        ),
    ),
    3,
    3,
    {"Questions!4": Seen("1.10", "1.10 Who may see them?", one("Nobody"))},
)

TWO_TABLES = Look(
    "two_different_tables_on_a_sheet",
    (
        Page(
            "Form",
            (
                ("Bidder information",),
                ("Company", "Northgate"),
                ("Contact", "Ines"),
                (),
                ("Item", "Question", "Compliant?", "Explanation"),
                ("1", "Do you accept the terms?", "Yes", None),
                ("2", "Do you name your subcontractors?", "No", "They change"),
                (),
                ("Ref", "Describe", "Supplier answer"),
                ("T1", "Describe how the plant runs without you.", "It simply does."),
                ("T2", "Describe the emergency access.", None),
            ),
        ),
    ),
    4,
    3,
    {
        "Form!7": Seen("2", "Do you name your subcontractors?", one("No"), "They change"),
        "Form!10": Seen("T1", "Describe how the plant runs without you.", one("It simply does.")),
    },
)

VENDOR_SHEETS = Look(
    "a_sheet_for_each_vendor",
    tuple(
        Page(
            vendor,
            (
                ("ID", "Question", "Answer"),
                ("1", "Can the plant run without you?", answers[0]),
                ("2", "Who may change a set point?", answers[1]),
                ("3", "In which format do we get our data?", answers[2]),
            ),
        )
        for vendor, answers in {
            "Halden": ("Yes", "The plant", "CSV"),
            "Northgate": ("No", "We do", None),
        }.items()
    ),
    6,
    5,
    {"Northgate!3": Seen("2", "Who may change a set point?", one("We do"))},
    told=(("same questions", "Northgate"),),
)

UNTOUCHED = Look(
    "every_answer_is_the_default",
    (
        Page(
            "Checklist",
            (
                ("ID", "Checklist item", "Status", "Comment"),
                *(
                    (f"C-{n}", f"Verify that part number {n} can be bought elsewhere.", "Not verified")
                    for n in range(12)
                ),
            ),
        ),
    ),
    12,
    12,
    told=(("Not verified", "Checklist"),),
)

LOOKS = (
    FAR_AWAY,
    NO_HEADER,
    BARE_LIST,
    BLANK_FORM,
    NUMBERS,
    REPEATED,
    MERGED_DOWN,
    SEVERAL,
    HIDDEN,
    SPOILT,
    BOTH_MARKED,
    PROSE,
    NO_IDS,
    NUMBERED_QUESTIONS,
    TWO_TABLES,
    VENDOR_SHEETS,
    UNTOUCHED,
)
