namespace Tidemark.Chunking.Structure;

/// <summary>
/// Cuts a segment that is too long at a strong boundary inside it that leaves no side under the minimum, and goes on
/// with both sides until all fit. Where there is none (the bound is smaller than a block), by length.
/// </summary>
internal sealed class SegmentCutter(string text, List<Boundary> boundaries, ChunkScale scale, InputBound bound)
{
    private readonly Stack<Segment> _open = new();
    private StrongestBoundary? _strongest;

    /// <param name="chosen">Indices of the boundaries that are cuts already, ascending.</param>
    /// <param name="ends">Receives the end of every chunk, ascending; the last is the text's.</param>
    public void Cut(List<int> chosen, List<int> ends)
    {
        var start = 0;
        var from = 0;
        foreach (var index in chosen)
        {
            Cut(new Segment(start, boundaries[index].Position, from, index), ends);
            start = boundaries[index].Position;
            from = index + 1;
        }

        Cut(new Segment(start, text.Length, from, boundaries.Count), ends);
    }

    private void Cut(Segment whole, List<int> ends)
    {
        _open.Push(whole);
        while (_open.TryPop(out var segment))
        {
            if (Fits(segment))
            {
                ends.Add(segment.End);
            }
            else if (StrongestInside(segment) is var index and >= 0)
            {
                var position = boundaries[index].Position;
                _open.Push(segment with { Start = position, From = index + 1 });
                _open.Push(segment with { End = position, To = index });
            }
            else
            {
                bound.Cut(text.AsSpan(segment.Start, segment.End - segment.Start), segment.Start, ends);
            }
        }
    }

    private bool Fits(Segment segment)
    {
        var content = text.AsSpan(segment.Start, segment.End - segment.Start);
        return (content.Length <= scale.Max || content.Trim().Length <= scale.Max) && bound.Holds(content);
    }

    /// <summary>Preferably in the middle third: fewer pieces, so fewer that an edit can make or lose.</summary>
    private int StrongestInside(Segment segment)
    {
        var third = (segment.End - segment.Start) / 3;
        var central = Strongest(segment, Math.Max(scale.Min, third));
        return central >= 0 ? central : Strongest(segment, scale.Min);
    }

    private int Strongest(Segment segment, int margin)
    {
        var strongest = _strongest ??= new StrongestBoundary(boundaries);
        var first = strongest.FirstAt(segment.Start + margin, segment.From, segment.To);
        var last = strongest.FirstAt(segment.End - margin + 1, first, segment.To);
        return strongest.Find(first, last);
    }

    /// <param name="From">Index of the first boundary inside.</param>
    /// <param name="To">Index behind the last one.</param>
    private readonly record struct Segment(int Start, int End, int From, int To);
}
