namespace Tidemark.Formats;

/// <summary>What commands of LaTeX stand for.</summary>
internal static class TexCommands
{
    private const string Accents = "`'^\"~=.cvuHkrd";
    private const string Combining = "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0327\u030C\u0306\u030B\u0328\u030A\u0323";

    /// <summary>The depth of a heading; 0: it is none.</summary>
    public static int LevelOf(string name) => name switch
    {
        "part" or "chapter" => 1,
        "section" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        "subparagraph" => 6,
        _ => 0,
    };

    /// <summary>How many groups follow that are not shown; 0: none.</summary>
    public static int DroppedGroups(string name) => name switch
    {
        "label" or "ref" or "eqref" or "pageref" or "autoref" or "cref" or "Cref" or "nameref" or "cite" or "citep" or "citet" or "citeauthor"
            or "citeyear" or "nocite" or "parencite" or "textcite" or "footcite" or "includegraphics" or "input" or "include" or "usepackage"
            or "documentclass" or "bibliography" or "bibliographystyle" or "addbibresource" or "vspace" or "hspace" or "pagestyle"
            or "thispagestyle" or "pagenumbering" or "index" or "cline" or "cmidrule" or "hypersetup" or "graphicspath" or "phantom"
            or "color" or "fontsize" or "title" or "author" or "date" or "thanks" or "selectlanguage" or "usetikzlibrary" or "lstset"
            or "hyphenation" or "vskip" or "hskip" => 1,
        "setlength" or "addtolength" or "setcounter" or "addtocounter" or "newcommand" or "renewcommand" or "providecommand"
            or "DeclareMathOperator" or "newtheorem" => 2,
        "definecolor" or "newenvironment" or "renewenvironment" or "addcontentsline" => 3,
        _ => 0,
    };

    /// <summary>How many groups precede the one that is shown.</summary>
    public static int LeadingGroups(string name) => name switch
    {
        "href" or "textcolor" or "colorbox" or "hyperref" or "foreignlanguage" or "parbox" or "raisebox" => 1,
        "multicolumn" or "multirow" or "resizebox" => 2,
        _ => 0,
    };

    /// <summary>Null: it stands for no text.</summary>
    public static string? TextOf(string name) => name switch
    {
        "%" or "&" or "#" or "_" or "$" or "{" or "}" => name,
        " " or "," or ";" or ":" or "quad" or "qquad" or "space" or "enspace" => " ",
        "ldots" or "dots" or "textellipsis" => "…",
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "aa" => "å",
        "AA" => "Å",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "S" => "§",
        "P" => "¶",
        "copyright" => "©",
        "pounds" => "£",
        "euro" or "texteuro" => "€",
        "textbackslash" => "\\",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textendash" => "–",
        "textemdash" => "—",
        "textquotesingle" => "'",
        "textdegree" => "°",
        "TeX" => "TeX",
        "LaTeX" => "LaTeX",
        "par" or "newpage" or "clearpage" or "bigskip" or "medskip" or "smallskip" => "\n\n",
        "newline" or "linebreak" => "\n",
        _ => null,
    };

    public static bool IsAccent(string name) => name is [var c] && Accents.Contains(c, StringComparison.Ordinal);

    public static string Accented(string name, string letter)
    {
        var plain = letter.Replace("\\i", "i", StringComparison.Ordinal).Replace("\\j", "j", StringComparison.Ordinal).Trim();
        return plain.Length == 0 || !char.IsLetter(plain[0])
            ? plain
            : LatinAccents.Compose(plain[0], Combining[Accents.IndexOf(name[0], StringComparison.Ordinal)]) + plain[1..];
    }
}
