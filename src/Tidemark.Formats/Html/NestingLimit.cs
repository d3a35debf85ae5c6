using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>
/// Stops a page whose elements nest without end, for the time to parse it grows with the square of their depth. The
/// parser, like the browsers, keeps no more than about 512 levels apart anyway.
/// </summary>
internal sealed class NestingLimit(string path)
{
    private const int Deepest = 500;

    /// <summary>A depth grows by one an element at most, so not every one has to be looked at.</summary>
    private const int Interval = 256;

    private IElement? _last;
    private int _count;

    /// <summary>Called for each element as it is created, which is before it has a parent.</summary>
    public void Check(IElement element)
    {
        if (++_count % Interval == 0 && _last is not null && DepthOf(_last) > Deepest)
        {
            throw new ItemException(
                ErrorCodes.SourceMalformed,
                $"the elements of '{path}' nest deeper than {Deepest}",
                "repair the page, or exclude it");
        }

        _last = element;
    }

    private static int DepthOf(INode node)
    {
        var depth = 0;
        for (var outer = node.Parent; outer is not null; outer = outer.Parent)
        {
            depth++;
        }

        return depth;
    }
}
