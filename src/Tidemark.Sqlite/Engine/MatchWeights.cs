using System.Runtime.InteropServices;

namespace Tidemark.Sqlite.Engine;

/// <summary>How the rows that match a query are ranked, as a value that is bound to a statement.</summary>
internal readonly ref struct MatchWeights
{
    private const int Head = 4;

    private readonly ReadOnlySpan<double> _values;

    private MatchWeights(ReadOnlySpan<double> values) => _values = values;

    /// <summary>What a count of matches is compared with in a row without words, and what each word of the row adds to that.</summary>
    public double Base => _values[0];

    public double OfLength => _values[1];

    /// <summary>More are not counted.</summary>
    public int MostCounted => (int)_values[2];

    /// <summary>What standing in the title adds to the count.</summary>
    public int OfTitle => (int)_values[3];

    /// <summary>
    /// Of each phrase, in the order of the query: what it adds if it stands there without end; negative: what it takes from 0 if it
    /// stands there at all, the other sign; 0: nothing.
    /// </summary>
    public ReadOnlySpan<double> Phrases => _values.IsEmpty ? default : _values[Head..];

    public static MatchWeights Read(ReadOnlySpan<byte> value) => new(MemoryMarshal.Cast<byte, double>(value));

    public static double[] Of(double @base, double ofLength, int mostCounted, int ofTitle, IEnumerable<double> phrases) =>
        [@base, ofLength, mostCounted, ofTitle, .. phrases];
}
