namespace Tidemark.Records;

/// <summary>What became of golden queries that were recorded.</summary>
/// <param name="Added">Had not been asked before.</param>
/// <param name="Changed">Are expected to find something else from now on.</param>
/// <param name="Unchanged">Were there as they are.</param>
public readonly record struct GoldenPut(int Added, int Changed, int Unchanged)
{
    /// <summary>Both together.</summary>
    public static GoldenPut operator +(GoldenPut one, GoldenPut other) =>
        new(one.Added + other.Added, one.Changed + other.Changed, one.Unchanged + other.Unchanged);
}
