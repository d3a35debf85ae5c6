using System.Numerics;

namespace Tidemark.Chunking.Structure;

/// <summary>
/// Answers which boundary of a range is the strongest, the first among equals, in logarithmic time: a tree of winners. A text whose
/// cuts fall at its edge again and again would be looked through from end to end for each of them.
/// </summary>
internal sealed class StrongestBoundary
{
    private readonly List<Boundary> _boundaries;
    private readonly int[] _winners;
    private readonly int _leaves;

    public StrongestBoundary(List<Boundary> boundaries)
    {
        _boundaries = boundaries;
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, boundaries.Count));
        _winners = new int[2 * _leaves];
        for (var i = 0; i < _leaves; i++)
        {
            _winners[_leaves + i] = i < boundaries.Count ? i : -1;
        }

        for (var i = _leaves - 1; i > 0; i--)
        {
            _winners[i] = Stronger(_winners[2 * i], _winners[(2 * i) + 1]);
        }
    }

    /// <param name="from">First index.</param>
    /// <param name="to">Behind the last one.</param>
    /// <returns>-1: the range is empty.</returns>
    public int Find(int from, int to)
    {
        var (left, right) = (-1, -1);
        for (int i = from + _leaves, j = to + _leaves; i < j; i /= 2, j /= 2)
        {
            left = i % 2 == 1 ? Stronger(left, _winners[i++]) : left;
            right = j % 2 == 1 ? Stronger(_winners[--j], right) : right;
        }

        return Stronger(left, right);
    }

    /// <summary>The first index from <paramref name="from"/> on whose boundary stands at a position or behind it.</summary>
    public int FirstAt(int position, int from, int to)
    {
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _boundaries[middle].Position >= position ? (from, middle) : (middle + 1, to);
        }

        return from;
    }

    private int Stronger(int earlier, int later) =>
        earlier < 0 ? later
        : later < 0 || _boundaries[later].CompareRank(_boundaries[earlier]) <= 0 ? earlier
        : later;
}
