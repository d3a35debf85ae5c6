namespace Tidemark.Reporting;

/// <summary>How much of a corpus changes in a day. Shares are of what is live now; 1 is all of it.</summary>
/// <param name="Days">How far back was looked.</param>
/// <param name="ObservedDays">Over how many of them there is a history, at least 1; null: there is none.</param>
/// <param name="Runs">That were counted: those behind the first load of their sources, without rebuilds.</param>
/// <param name="Daily">Chunks that are new; null: there is no history, and nothing was assumed.</param>
/// <param name="Written">Documents that were written: new ones, and changed texts or metadata.</param>
/// <param name="Edited">Documents of which the text is new.</param>
/// <param name="Reused">Which share of the new chunks had a vector already, 0 to 1.</param>
public sealed record CostChurn(
    int Days, double? ObservedDays, int Runs, double? Daily, double? Written, double? Edited, double Reused)
{
    /// <summary>Whether somebody named the share of chunks.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>
    /// The same habits at another share of chunks: documents in the proportion that was measured. Where none was, whole documents
    /// change and nothing is reused.
    /// </summary>
    internal CostChurn At(double daily)
    {
        if (Daily is not > 0)
        {
            return this with { Daily = daily, Written = daily, Edited = daily, Reused = 0 };
        }

        var times = daily / Daily.Value;
        return this with { Daily = daily, Written = Written * times, Edited = Edited * times };
    }
}
