namespace Tidemark.Chunking.Structure;

/// <summary>One line of a text and what its first characters say.</summary>
internal readonly struct Line
{
    private const int TabWidth = 4;

    /// <summary>Reads the line that starts at <paramref name="start"/>.</summary>
    public Line(string text, int start)
    {
        Start = start;
        var length = text.AsSpan(start).IndexOf('\n');
        Next = length < 0 ? text.Length : start + length + 1;
        End = length < 0 ? text.Length : start + length;
        while (End > start && char.IsWhiteSpace(text[End - 1]))
        {
            End--;
        }

        Content = start;
        while (Content < End && text[Content] is ' ' or '\t')
        {
            Indent += text[Content] == '\t' ? TabWidth - (Indent % TabWidth) : 1;
            Content++;
        }

        if (!IsBlank)
        {
            First = text[Content];
            var rest = text.AsSpan(Content, End - Content);
            var run = rest.IndexOfAnyExcept(First);
            Run = run < 0 ? rest.Length : run;
        }
    }

    public int Start { get; }

    /// <summary>First code unit that is no indentation.</summary>
    public int Content { get; }

    /// <summary>Behind the last code unit that is no white space.</summary>
    public int End { get; }

    /// <summary>Where the next line starts.</summary>
    public int Next { get; }

    /// <summary>In columns.</summary>
    public int Indent { get; }

    public char First { get; }

    /// <summary>How often the first character stands there in a row.</summary>
    public int Run { get; }

    public bool IsBlank => Content >= End;

    /// <summary>Whether the line is nothing but its first character, repeated.</summary>
    public bool IsRule => !IsBlank && Content + Run == End;

    public bool IsIndentedCode => Indent >= TabWidth;

    /// <summary>Depth of an ATX heading, 0 for any other line.</summary>
    public int HeadingDepth(string text) =>
        First == '#' && Run <= 6 && !IsIndentedCode
            && (Content + Run == End || text[Content + Run] is ' ' or '\t') ? Run : 0;

    /// <summary>Length of the marker of a list item with the space behind it, 0 for any other line.</summary>
    public int MarkerLength(string text)
    {
        var at = Content;
        if (First is '-' or '*' or '+')
        {
            at++;
        }
        else
        {
            while (at < End && at - Content < 9 && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == Content || at == End || text[at++] is not ('.' or ')'))
            {
                return 0;
            }
        }

        return at < End && text[at] is ' ' or '\t' ? at + 1 - Content : 0;
    }

    /// <summary>Whether the line may stand over a title, as in reStructuredText.</summary>
    public bool IsOverline => IsRule && Run >= 4 && !char.IsLetterOrDigit(First) && char.IsAscii(First);

    public bool IsThematicBreak => First is '-' or '*' or '_' && Run >= 3 && IsRule && !IsIndentedCode;

    /// <summary>Whether the line opens a fenced code block.</summary>
    public bool OpensFence(string text) =>
        Run >= 3
        && (First == '~' || (First == '`' && !text.AsSpan(Content + Run, End - Content - Run).Contains('`')));

    /// <summary>Whether the line parts the head of a table without outer pipes from its rows.</summary>
    public bool IsTableDelimiter(string text)
    {
        var row = text.AsSpan(Content, End - Content);
        return row.Contains('|') && row.Contains('-') && row.IndexOfAnyExcept("-:| \t") < 0;
    }

    /// <summary>Whether the line opens or goes on with a table: a Markdown row, or the border of a grid.</summary>
    public bool IsTableRow(string text) =>
        First == '|'
        || (First == '+' && Run == 1 && End - Content >= 3
            && text.AsSpan(Content, End - Content).IndexOfAnyExcept("+-= ") < 0);
}
