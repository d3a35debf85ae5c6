namespace Tidemark.Embedding.Pricing;

/// <summary>What is reserved for a batch that may be sent in parts, and some of them again. Not for concurrent use.</summary>
/// <param name="budget">Null: nothing is limited.</param>
internal sealed class BudgetReservation(EmbeddingBudget? budget, long estimated) : IDisposable
{
    private long _left = estimated;

    /// <summary>A part was answered: its estimate gives way to what was reported, so that neither counts twice.</summary>
    public void Settle(long part, long reported)
    {
        var given = Math.Min(_left, part);
        _left -= given;
        budget?.Settle(given, reported);
    }

    public void Dispose()
    {
        budget?.Release(_left);
        _left = 0;
    }
}
