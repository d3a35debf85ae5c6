using Tidemark.Records;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>Scores packs against one query and keeps the best. Used by one thread.</summary>
internal sealed class PackScanner
{
    private readonly short[] _query;
    private readonly float _queryScale;
    private readonly KeySet? _filter;
    private readonly int[] _products = new int[VectorPack.Slots];

    public PackScanner(ReadOnlySpan<float> query, int wanted, KeySet? filter)
    {
        _query = new short[query.Length];
        _queryScale = Quantizer.QuantizeQuery(query, _query);
        _filter = filter;
        Candidates = new CandidateSet(wanted);
    }

    public CandidateSet Candidates { get; }

    public void Scan(VectorPack pack, ReadOnlySpan<sbyte> codes)
    {
        Int8Kernel.Dot(_query, codes, _products);
        for (var slot = 0; slot < _products.Length; slot++)
        {
            var score = _products[slot] * pack.Scales[slot] * _queryScale;
            if (score >= Candidates.Threshold && IsWanted(pack.Chunks[slot]))
            {
                Candidates.Add(pack.Chunks[slot], score);
            }
        }
    }

    private bool IsWanted(long chunk) => chunk != 0 && (_filter is null || _filter.Contains(chunk));
}
