using Tidemark.Indexing;

namespace Tidemark.Searching;

/// <summary>The best of many hits, without holding all of them.</summary>
/// <param name="limit">So many are wanted.</param>
internal sealed class BestHits(int limit)
{
    private const int Fewest = 256;

    private readonly List<IndexHit> _hits = [];
    private double _least = double.NegativeInfinity;

    public void Add(IndexHit hit)
    {
        if (hit.Score < _least)
        {
            return;
        }

        _hits.Add(hit);
        if (_hits.Count >= Fewest + (2L * limit))
        {
            Cut();
            _least = _hits[^1].Score;
        }
    }

    /// <summary>Best first; ties by document, then ordinal.</summary>
    public IReadOnlyList<IndexHit> ToList()
    {
        Cut();
        return _hits;
    }

    private void Cut()
    {
        _hits.Sort(HitOrder.Instance);
        if (_hits.Count > limit)
        {
            _hits.RemoveRange(limit, _hits.Count - limit);
        }
    }
}
