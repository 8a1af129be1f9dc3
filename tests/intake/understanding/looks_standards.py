"""Look-alikes of questionnaires that whole industries use."""

from __future__ import annotations

from tests.intake.lookalikes import Look, Page, Seen, one

PLAIN = Look(
    "plain",
    (
        Page(
            "Questions",
            (
                ("ID", "Question", "Answer", "Comments"),
                ("A-1", "Do you encrypt stored data?", "Yes", "AES-256"),
                ("A-2", "Do you store recipes outside the plant?", "NA", None),
                ("A-3", "Who holds the keys?", None, None),
            ),
        ),
    ),
    3,
    2,
    {
        "Questions!2": Seen(
            "A-1",
            "Do you encrypt stored data?",
            one("Yes"),
            "AES-256",
            cells={"answer": "C2", "comment": "D2"},
        ),
        "Questions!3": Seen("A-2", "Do you store recipes outside the plant?", one("NA")),
    },
)

SECTIONED = Look(
    "sections_in_the_header",
    (
        Page("Introduction", (("Assessment tool",), ("Please read the instructions on the next sheet first.",))),
        Page(
            "Full",
            (
                ("Assessment tool", None, None, None, "Version 9.1"),
                ("DATE-01", "Date", "2026-05-01"),
                ("General information",),
                ("Please give us some information about your company, so that we know whom we may ask about it.",),
                ("GENL-01", "Vendor name", "Northgate Controls"),
                ("GENL-02", "Product name", "Gate 7"),
                ("GENL-03", "Contact phone"),
                ("Qualifiers", None, "Vendor Answers", "Additional Information", "Guidance"),
                ("Answer these first; they decide which of the sections below apply to your product and your firm.",),
                ("QUAL-01", "Will data be shared with a third party?", "No", None, "No need to answer section 3"),
                ("QUAL-02", "Do you have a recovery plan?", "Yes", "Tested twice a year", "Name the document"),
                ("Documentation", None, "Vendor Answers", "Additional Information", "Guidance"),
                ("DOCU-01", "Have you undergone an audit?", "No", None, "Describe any plans"),
                ("DOCU-02", "Do you conform with a standard?", None, None, "Name it"),
                ("DO-03", "Will you share diagrams?", "Yes", "On request", None),
            ),
            merges=("C5:E5", "C6:E6", "A4:E4", "A9:E9", "C14:D14"),
        ),
        Page(
            "Report",
            (
                ("ID", "Question", "Vendor Answer", "Score", "Weight"),
                ("QUAL-01", "=Full!B10", "=Full!C10", "=1+1", 10),
                ("QUAL-02", "=Full!B11", "=Full!C11", "=1+1", 20),
                ("DOCU-01", "=Full!B13", "=Full!C13", "=1+1", 15),
            ),
        ),
        Page("Values", (("Answers",), ("Yes",), ("No",), ("N/A",)), visible=False),
    ),
    9,
    7,
    {
        "Full!2": Seen("DATE-01", "Date", one("2026-05-01")),
        "Full!5": Seen("GENL-01", "Vendor name", one("Northgate Controls"), section="General information"),
        "Full!11": Seen(
            "QUAL-02",
            "Do you have a recovery plan?",
            one("Yes"),
            "Tested twice a year",
            section="Qualifiers",
            cells={"answer": "C11", "comment": "D11", "question": "B11"},
        ),
        "Full!15": Seen("DO-03", "Will you share diagrams?", one("Yes"), "On request", section="Documentation"),
    },
    skipped=("Introduction", "Report", "Values"),
)

ONE_HOT = Look(
    "one_hot_under_a_merged_title",
    (
        Page(
            "CAIQ",
            (
                ("CONSENSUS QUESTIONS v3.1",),
                (
                    "Control Domain",
                    "Control ID",
                    "Question ID",
                    "Control Specification",
                    "Consensus Assessment Questions",
                    "Consensus Assessment Answers",
                    None,
                    None,
                    "Notes",
                ),
                (None, None, None, None, None, "Yes", "No", "Not Applicable", None),
                (
                    "Application Security",
                    "AIS-01",
                    "AIS-01.1",
                    "Applications shall be designed in accordance with leading practice and adhere to obligations.",
                    "Do you use industry standards to build in security?",
                    "X",
                    None,
                    None,
                    "See handbook",
                ),
                (None, None, "AIS-01.2", None, "Do you use an automated source code analysis tool?", None, "X"),
                (None, None, "AIS-01.3", None, "Do you verify your suppliers?", None, None, "x", "None used"),
                (
                    "Audit",
                    "AAC-01",
                    "AAC-01.1",
                    "Audit plans shall be developed and maintained to address business process disruptions.",
                    "Do you develop an audit plan?",
                ),
            ),
            merges=("F2:H2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "I2:I3", "A4:A6", "B4:B6", "D4:D6"),
        ),
    ),
    4,
    3,
    {
        "CAIQ!5": Seen(
            "AIS-01.2",
            "Do you use an automated source code analysis tool?",
            one("No"),
            section="Application Security",
            cells={"answer": "G5", "id": "C5"},
        ),
        "CAIQ!6": Seen("AIS-01.3", "Do you verify your suppliers?", one("Not Applicable"), "None used"),
        "CAIQ!7": Seen("AAC-01.1", "Do you develop an audit plan?", one(""), section="Audit"),
    },
)

GUIDANCE_ROWS = Look(
    "guidance_in_rows_beneath",
    (
        Page(
            "Interview",
            (
                (None, "Assessment interview for Brick Works"),
                (None, "Instructions"),
                (None, "Interview an individual based on the questions below, organised by practice."),
                (None, "Organisation:", None, "Brick Works"),
                (None, "Governance"),
                (None, "Strategy", None, None, "Answer", "Interview Notes", "Rating"),
                (1, "SM1", "Is there a programme in place?", None, "Yes, a young one", "Since May", 1.5),
                (None, None, "Guidance:", "The programme is documented and accessible to all staff."),
                (None, None, "Guidance:", "The programme was used in recent work."),
                (),
                (2, None, "Are staff aware of plans for the programme?", None, "No"),
                (None, None, "Guidance:", "Plans were presented to all staff."),
                (None, "Policy", None, None, "Answer", "Interview Notes", "Rating"),
                (3, "PC1", "Do stakeholders know their compliance state?", None, "Yes, some", None, 0.5),
                (None, None, "Guidance:", "Stakeholders review it twice a year."),
            ),
            merges=("B5:G5", "C11:D11"),
        ),
    ),
    3,
    3,
    {
        "Interview!7": Seen(
            "1", "Is there a programme in place?", one("Yes, a young one"), "Since May", section="Governance / Strategy"
        ),
        "Interview!11": Seen("2", "Are staff aware of plans for the programme?", one("No")),
        "Interview!14": Seen(
            "3", "Do stakeholders know their compliance state?", one("Yes, some"), section="Governance / Policy"
        ),
    },
)

CHECKLIST = Look(
    "verification_checklist",
    (
        Page(
            "Requirements",
            (
                ("ID", "Detailed Verification Requirement", "Level 1", "Level 2", "Level 3", "Since", "Tested? "),
                ("V1", "Architecture"),
                ("1.1", "Verify that all components are identified.", "✓", "✓", "✓", 1.0, "Yes"),
                ("1.2", "Verify that all libraries are needed.", None, "✓", "✓", 1.0, "No"),
                ("1.10", "Verify that no secrets stand in the client.", None, None, "✓", 3.0, "Yes"),
                ("V2", "Authentication"),
                ("2.1", "Verify that all pages require authentication.", "✓", "✓", "✓", 1.0),
                ("2.1", "Verify that forms are not filled in by the application.", None, "✓", "✓", 3.0, "N/A"),
                ("V3", "Output encoding: this section was moved elsewhere"),
                ("V4", "Access"),
                ("4.1", "Ensure that access fails securely.", "✓", "✓", "✓", 1.0, "Yes"),
            ),
        ),
        Page("Licence", (("Version history",), ("Written by nobody in particular",))),
    ),
    6,
    5,
    {
        "Requirements!5": Seen(
            "1.10", "Verify that no secrets stand in the client.", one("Yes"), section="Architecture"
        ),
        "Requirements!8": Seen(
            "2.1",
            "Verify that forms are not filled in by the application.",
            one("N/A"),
            section="Authentication",
            cells={"answer": "G8"},
        ),
    },
    skipped=("Licence",),
    told=(("2.1", "Requirements!A8"),),
)

SIG = Look(
    "question_numbers_and_many_references",
    (
        Page("Cover Page", (("Standardised questionnaire",), ("Company:", "Northgate"), ("Date:", "2026-04-01"))),
        Page(
            "A. Risk",
            (
                ("A. Risk management",),
                (),
                ("Ques Num", "Question/Request", "Response", "Additional Information", "AUP Reference", "ISO 27002"),
                ("A.1", "Is there a risk assessment programme?", "Yes", "Board approved", "A.1 IT", "4.1"),
                ("A.1.1", "Does it have an owner?", "Yes", None, None, "4.1"),
                ("A.1.1.1", "Is the owner named?", "No", "Vacant since March", None, None),
                ("A.2", "Is there a register of risks?", "N/A", None, "A.2", "4.2"),
            ),
        ),
        Page(
            "B. Policy",
            (
                ("B. Policy",),
                (),
                ("Ques Num", "Question/Request", "Response", "Additional Information", "AUP Reference", "ISO 27002"),
                ("B.1", "Is there a security policy?", "Yes", None, "B.1", "5.1"),
                ("B.1.1", "Was it approved by management?", None, None, None, "5.1"),
            ),
        ),
        Page("Glossary", (("Term", "Definition"), ("Asset", "Anything of value to a firm"), ("Risk", "What may hurt"))),
    ),
    6,
    5,
    {
        "A. Risk!6": Seen("A.1.1.1", "Is the owner named?", one("No"), "Vacant since March"),
        "B. Policy!5": Seen("B.1.1", "Was it approved by management?", one("")),
    },
    skipped=("Cover Page", "Glossary"),
)

DEVICE = Look(
    "device_statement",
    (
        Page(
            "Form",
            (
                ("Manufacturer disclosure statement",),
                ("Device Model", "Software revision"),
                ("Question ID", "Question", None, "See note"),
                ("DOC-1", "Manufacturer name", "Northgate", None),
                ("DOC-2", "Device description", "Pump controller", None),
                ("MANAGEMENT OF DATA",),
                ("DATA-1", "Can this device display private data?", "Yes", "Note 1"),
                ("DATA-1.1", "Does this device keep private data after it is switched off?", "No", None),
                ("AUTOMATIC LOGOFF",),
                ("ALOF-1", "Can the device be set to log users off by itself?", "See Notes", "Note 2"),
                ("ALOF-2", "Is the time until logoff adjustable?", "N/A", None),
            ),
        ),
    ),
    6,
    6,
    {
        "Form!4": Seen("DOC-1", "Manufacturer name", one("Northgate")),
        "Form!7": Seen(
            "DATA-1", "Can this device display private data?", one("Yes"), "Note 1", section="MANAGEMENT OF DATA"
        ),
        "Form!11": Seen("ALOF-2", "Is the time until logoff adjustable?", one("N/A"), section="AUTOMATIC LOGOFF"),
    },
)

FRAMEWORK = Look(
    "framework_with_merged_functions",
    (
        Page(
            "Self-assessment",
            (
                ("Function", "Category", "Subcategory", "Current maturity", "Target maturity", "Notes"),
                (
                    "IDENTIFY (ID)",
                    "Asset Management (ID.AM)",
                    "ID.AM-1: Physical devices are inventoried",
                    2,
                    4,
                    "By hand",
                ),
                (None, None, "ID.AM-2: Software platforms are inventoried", 1, 3, None),
                (None, "Governance (ID.GV)", "ID.GV-1: A policy is established and communicated", 3, 3, "Since 2024"),
                ("PROTECT (PR)", "Access Control (PR.AC)", "PR.AC-1: Identities are managed", None, 4, None),
            ),
            merges=("A2:A4", "B2:B3"),
        ),
    ),
    4,
    3,
    {
        "Self-assessment!3": Seen(
            "ID.AM-2",
            "ID.AM-2: Software platforms are inventoried",
            one("1"),
            section="IDENTIFY (ID) / Asset Management (ID.AM)",
            cells={"answer": "D3"},
        ),
        "Self-assessment!4": Seen(
            "ID.GV-1", "ID.GV-1: A policy is established and communicated", one("3"), "Since 2024"
        ),
    },
)

ISO_GAP = Look(
    "clauses_within_clauses",
    (
        Page(
            "Gap",
            (
                ("Gap analysis",),
                ("Clause", "Control", "Status", "Evidence", "Remarks"),
                ("A.5", "Policies"),
                ("A.5.1", "Direction of management"),
                ("A.5.1.1", "A set of policies shall be defined.", "Implemented", "POL-1.pdf", None),
                ("A.5.1.2", "Policies shall be reviewed.", "Partially implemented", None, "Due in May"),
                ("A.6", "Organisation"),
                ("A.6.1", "Internal organisation"),
                ("A.6.1.1", "Responsibilities shall be allocated.", "Not implemented", None, None),
                ("A.6.1.2", "Duties shall be segregated.", None, None, None),
            ),
        ),
    ),
    4,
    3,
    {
        "Gap!5": Seen(
            "A.5.1.1",
            "A set of policies shall be defined.",
            one("Implemented"),
            evidence="POL-1.pdf",
            section="Policies / Direction of management",
        ),
        "Gap!6": Seen("A.5.1.2", "Policies shall be reviewed.", one("Partially implemented"), "Due in May"),
    },
)

LOOKS = (PLAIN, SECTIONED, ONE_HOT, GUIDANCE_ROWS, CHECKLIST, SIG, DEVICE, FRAMEWORK, ISO_GAP)
