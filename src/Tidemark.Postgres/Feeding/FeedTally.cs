namespace Tidemark.Postgres.Feeding;

/// <summary>What one call has done so far.</summary>
internal sealed class FeedTally
{
    private long _failed;

    public long Transactions { get; set; }

    public long Changes { get; set; }

    public long Rows { get; set; }

    public long Reconciled { get; set; }

    public long Failed => Interlocked.Read(ref _failed);

    public void Fail(IFeedObserver? observer, string table)
    {
        if (Interlocked.Increment(ref _failed) == 1)
        {
            observer?.OnEvent("failure", $"a row of '{table}' makes no document, because a column of the id is null; others may follow", isTrouble: true);
        }
    }
}
