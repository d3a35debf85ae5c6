using System.Collections.Immutable;

namespace Tidemark.Documents;

/// <summary>
/// Some hundred items of a listing, in the source's order. Cheap to make; <see cref="Items"/> may do the parsing, so it
/// is asked for on the thread that works on the page. Buffers are pooled: valid until disposed.
/// </summary>
public abstract class ListingPage : IDisposable
{
    /// <summary>The items, in order; ids within a page may repeat.</summary>
    public abstract ReadOnlySpan<ListedItem> Items { get; }

    /// <summary>What failed while this page was listed; complete once <see cref="Items"/> was asked for.</summary>
    public virtual IReadOnlyList<ItemFailure> Failures => [];

    /// <summary>What is odd about the items that were read so far.</summary>
    public virtual IReadOnlyList<ItemWarning> Warnings => [];

    /// <summary>
    /// How many files of each ending (with its dot, in lower case; empty: none) there are that nothing reads, and how many links and
    /// pipes that are not opened (<c>link</c>, <c>special</c>), found while this page was listed.
    /// </summary>
    public virtual IReadOnlyDictionary<string, long> NotTaken => ImmutableDictionary<string, long>.Empty;

    /// <summary>
    /// Called when everything that was listed up to the end of this page is durable; not called by a plan, nor behind anything that failed.
    /// Null: nobody waits for that, and the run does not stop for it.
    /// </summary>
    public virtual Func<CancellationToken, ValueTask>? OnDurable => null;

    /// <summary>Bytes of the source that this page stands for, for progress.</summary>
    public virtual long Bytes => 0;

    /// <summary>Reads one item whole.</summary>
    /// <exception cref="ItemException">The item exists but cannot be taken; what is stored of it stays.</exception>
    public abstract ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken);

    /// <summary>How a person finds this item: a path, or <c>line 17</c>.</summary>
    public abstract string Describe(int index);

    /// <summary>Gives the buffers back; items must not be used any more.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Where a page gives its buffers back.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
