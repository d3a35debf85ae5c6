namespace Tidemark.Sqlite.Searching;

/// <summary>
/// The best of a stream of scored chunks: all that score as the N-th best or better, so that equal ones are not chosen by
/// chance, up to a bound. Memory does not grow with the stream.
/// </summary>
internal sealed class CandidateSet
{
    /// <summary>So many more than wanted are kept for the sake of ties; beyond, smaller chunk keys win.</summary>
    private const int MostTies = 1024;

    private static readonly Comparison<Candidate> BestFirst = static (x, y) =>
    {
        var byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : x.Chunk.CompareTo(y.Chunk);
    };

    private readonly int _wanted;
    private readonly int _most;
    private Candidate[] _kept;

    public CandidateSet(int wanted)
    {
        _wanted = wanted;
        _most = wanted > int.MaxValue / 4 ? int.MaxValue / 2 : (2 * wanted) + MostTies;
        _kept = new Candidate[Math.Min(_most, 2048)];
    }

    /// <summary>How many are kept; all that were added, while they are fewer than wanted.</summary>
    public int Count { get; private set; }

    /// <summary>What scores less need not be added.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    public void Add(long chunk, double score)
    {
        if (score < Threshold)
        {
            return;
        }

        if (Count == _kept.Length)
        {
            if (Count < _most)
            {
                Array.Resize(ref _kept, (int)Math.Min(_most, 2L * Count));
            }
            else
            {
                Shrink();
            }
        }

        _kept[Count] = new Candidate(chunk, score);
        Count++;
    }

    /// <summary>Best first; those that tie with the last wanted one included.</summary>
    public ReadOnlySpan<Candidate> Best()
    {
        _kept.AsSpan(0, Count).Sort(BestFirst);
        var end = Math.Min(Count, _wanted);
        while (end > 0 && end < Count && _kept[end].Score.Equals(_kept[end - 1].Score))
        {
            end++;
        }

        return _kept.AsSpan(0, end);
    }

    private void Shrink()
    {
        Count = Best().Length;
        Threshold = _kept[_wanted - 1].Score;
        if (Count > _most - (MostTies / 2))
        {
            Count = _most - (MostTies / 2);
        }
    }
}

internal readonly record struct Candidate(long Chunk, double Score);
