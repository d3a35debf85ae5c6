namespace Tidemark.Formats;

/// <summary>
/// Goes through the lines of front matter, and tells where a heading of the text begins that YAML would take for a comment: a comment
/// stands above something that goes on, or is a line of front matter itself that was put out of use.
/// </summary>
internal sealed class FrontMatterHeading
{
    private bool _isBehind;
    private bool _isAbove;
    private bool _isOpen;

    /// <summary>Null: each comment so far is one.</summary>
    public int? Start { get; private set; }

    /// <param name="at">Where the line begins.</param>
    public void Pass(ReadOnlySpan<char> line, int at)
    {
        if (line.IsWhiteSpace())
        {
            (_isBehind, _isAbove) = (true, false);
        }
        else if (FrontMatterLine.IsHeading(line))
        {
            Start ??= _isBehind ? at : null; // what follows the opening line at once is a comment
            _isAbove = true;
        }
        else if (line[0] != '#')
        {
            Start = GoesOn(line) ? null : Start;
            (_isBehind, _isAbove) = (true, false);
            _isOpen = IsWithin(line) || FrontMatterLine.IsOpenValue(line);
        }
    }

    private bool GoesOn(ReadOnlySpan<char> line) => _isAbove
        ? (IsWithin(line) ? _isOpen : FrontMatterLine.KeyOf(line) is not null && (!char.IsUpper(line[0]) || FrontMatterLine.IsSurelyKey(line)))
        : char.IsLower(line[0]) && FrontMatterLine.IsKey(line);

    private static bool IsWithin(ReadOnlySpan<char> line) => char.IsWhiteSpace(line[0]) || !FrontMatterLine.Opens(line);
}
