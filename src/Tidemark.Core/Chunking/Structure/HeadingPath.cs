namespace Tidemark.Chunking.Structure;

/// <summary>Walks a document's headings from top to bottom and names the path that is open.</summary>
internal sealed class HeadingPath(string text, List<HeadingMark> headings)
{
    private const int LongestTitle = 200;
    private const string Separator = " > ";

    private readonly List<HeadingMark> _open = [];
    private string? _path;
    private int _next;

    /// <summary>The path of the section that the first line behind <paramref name="start"/> belongs to, a heading to its own.</summary>
    /// <param name="start">Ask in ascending order.</param>
    public string? At(int start)
    {
        var position = start;
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        var moved = false;
        while (_next < headings.Count && headings[_next].Position <= position)
        {
            var heading = headings[_next++];
            while (_open.Count > 0 && _open[^1].Depth >= heading.Depth)
            {
                _open.RemoveAt(_open.Count - 1);
            }

            _open.Add(heading);
            moved = true;
        }

        if (moved)
        {
            var path = string.Join(Separator, _open.Select(Title).Where(title => title.Length > 0));
            _path = path.Length == 0 ? null : path;
        }

        return _path;
    }

    private string Title(HeadingMark heading)
    {
        var length = Math.Min(heading.TitleLength, LongestTitle);
        if (length < heading.TitleLength && char.IsHighSurrogate(text[heading.TitleStart + length - 1]))
        {
            length--;
        }

        return text.Substring(heading.TitleStart, length);
    }
}
