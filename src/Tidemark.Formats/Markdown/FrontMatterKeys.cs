namespace Tidemark.Formats;

/// <summary>
/// Goes through lines that perhaps nothing closes, and tells where those end that are keys, or belong to one. A line that is none
/// is passed over where keys go on right behind it, and a blank one where a key does that no sentence is.
/// </summary>
internal sealed class FrontMatterKeys(string text)
{
    private bool _any;
    private bool _isOpenValue;
    private int? _pause;

    /// <summary>Null: not yet.</summary>
    public int? End { get; private set; }

    /// <summary>Whether the line before belongs to them.</summary>
    public bool IsWithin => End is null && _pause is null;

    /// <param name="at">Where the line begins.</param>
    /// <param name="next">Where the next one does.</param>
    public void Pass(int at, int next)
    {
        if (End is not null)
        {
            return;
        }

        var line = text.AsSpan(at, next - at);
        if (line.IsWhiteSpace())
        {
            _pause ??= at;
        }
        else if (_pause is not null && !GoesOn(line))
        {
            End = _pause;
        }
        else if (FrontMatterLine.IsPart(line))
        {
            Take(line);
        }
        else if (_pause is null && (_any ? IsKeyAt(next, out _) : IsKeyAt(next, out var second) && IsKeyAt(second, out _)))
        {
            _isOpenValue = false;
        }
        else
        {
            End = at;
        }
    }

    private void Take(ReadOnlySpan<char> line)
    {
        _pause = null;
        _any = true;
        if (!char.IsWhiteSpace(line[0]))
        {
            _isOpenValue = FrontMatterLine.IsOpenValue(line);
        }
    }

    private bool GoesOn(ReadOnlySpan<char> line) =>
        (_isOpenValue && char.IsWhiteSpace(line[0])) || (char.IsLower(line[0]) && FrontMatterLine.IsSurelyKey(line));

    private bool IsKeyAt(int at, out int next)
    {
        next = at < text.Length && text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;
        return FrontMatterLine.IsSurelyKey(text.AsSpan(at, next - at));
    }
}
