namespace Tidemark.Conformance.Sources;

/// <summary>A system that says what changes in it, with what brings that into the queue of an index.</summary>
public abstract class ChangeWorld : IAsyncDisposable
{
    /// <summary>Whose queue it is.</summary>
    public abstract TidemarkIndex Index { get; }

    /// <summary>The id that a document has in the index.</summary>
    /// <param name="id">As the suite calls it: <c>d</c> and a number.</param>
    public abstract string DocumentOf(string id);

    /// <summary>Puts documents; one that is there is changed.</summary>
    public abstract Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents);

    /// <summary>Takes documents away, each by itself.</summary>
    public abstract Task RemoveAsync(params IReadOnlyList<string> ids);

    /// <summary>Makes a change of which no document can be made. False: nothing that can be said is without a document.</summary>
    public abstract Task<bool> SpoilAsync(string id);

    /// <summary>Brings all that was said into the queue.</summary>
    public abstract Task BringAsync();

    /// <summary>The same, but it ends in the middle, as by a kill: after so many changes nothing more gets into the queue.</summary>
    public abstract Task BreakAsync(int changes);

    /// <summary>Has everything said again, whether it has been brought or not.</summary>
    public abstract Task RepeatAsync();

    /// <summary>All documents go at once, and nobody says which. False: whoever removes something says so.</summary>
    public abstract Task<bool> EmptyAsync();

    /// <summary>Deletions that were held back.</summary>
    public abstract Task<long> HeldAsync();

    /// <summary>They are meant.</summary>
    public abstract Task AllowAsync();

    public abstract ValueTask DisposeAsync();
}
