using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>
/// Stops a page whose elements nest without end, for the time to parse it grows with the square of their depth. The
/// parser, like the browsers, keeps no more than about 512 levels apart anyway.
/// </summary>
internal sealed class NestingLimit(string path)
{
    private const int Deepest = 500;

    /// <summary>Of pages of people, the mean is some twenty.</summary>
    private const int DeepestOnAverage = 100;

    private const int PiecesForMean = 64;

    /// <summary>A depth grows by one an element at most, so not every one has to be looked at.</summary>
    private const int Interval = 256;

    private IElement? _last;
    private int _count;
    private long _depths;
    private int _pieces;

    /// <summary>Called for each element as it is created, which is before it has a parent.</summary>
    public void Check(IElement element)
    {
        if (++_count % Interval == 0 && _last is not null && DepthOf(_last) > Deepest)
        {
            throw Refusal(Deepest, "");
        }

        _last = element;
    }

    /// <summary>
    /// Called for each piece of the page: every tag is looked for among all that is open, so a page that stays deep from end to end
    /// takes hundreds of times as long as another one.
    /// </summary>
    public void Weigh()
    {
        _depths += _last is null ? 0 : DepthOf(_last);
        if (++_pieces > PiecesForMean && _depths > (long)DeepestOnAverage * _pieces)
        {
            throw Refusal(DeepestOnAverage, " on average");
        }
    }

    private ItemException Refusal(int deepest, string how) => new(
        ErrorCodes.SourceMalformed,
        $"the elements of '{path}' nest deeper than {deepest}{how}",
        "repair the page, or exclude it, which lets go of what is indexed of it");

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
