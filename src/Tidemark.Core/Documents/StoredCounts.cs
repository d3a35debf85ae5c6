namespace Tidemark.Documents;

/// <summary>Counts that stores keep and add up, and how high one can be: beyond that a sum of them is no number any more.</summary>
public static class StoredCounts
{
    private const long Most = 1L << 53;

    /// <summary>Of money, in 10^-12 USD: two million USD a row.</summary>
    private const long MostMoney = 2_000_000_000_000_000_000;

    /// <summary>The table, the column and the highest value; a repair puts 0 in the place of another one.</summary>
    public static IReadOnlyList<(string Table, string Column, long Most)> All { get; } =
    [
        ("ledger", "requests", Most),
        ("ledger", "inputs", Most),
        ("ledger", "tokens", Most),
        ("ledger", "estimated", Most),
        ("ledger", "unpriced", Most),
        ("ledger", "cost", MostMoney),
        ("freshness", "changes", Most),
        ("embedding", "tokens", Most),
        ("layout", "tokens", Most),
        ("queue", "bytes", Most),
    ];
}
