using Tidemark.Documents;

namespace Tidemark.Conformance.Sources;

/// <summary>Where a source's documents really live, for a suite that changes them there.</summary>
public abstract class SourceWorld : IAsyncDisposable
{
    /// <summary>The id that a document has in the index.</summary>
    /// <param name="id">As the suite calls it: letters and digits.</param>
    public abstract string DocumentOf(string id);

    /// <summary>The text that is indexed of what was put.</summary>
    public virtual string TextOf(string text) => text;

    /// <summary>Puts documents; one that is there is changed.</summary>
    public abstract Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents);

    /// <summary>Takes documents away.</summary>
    public abstract Task RemoveAsync(params IReadOnlyList<string> ids);

    /// <summary>Makes one of which no document can be made, until it is put again.</summary>
    public abstract Task SpoilAsync(string id);

    /// <summary>The source as things stand; what it lists may be listed once.</summary>
    public abstract IDocumentSource Source();

    /// <summary>The same, but what is listed ends before its end.</summary>
    public abstract IDocumentSource CutSource();

    /// <summary>The same with every document twice, an earlier state first. Null: it cannot be.</summary>
    /// <param name="earlier">The text of the earlier states.</param>
    public virtual IDocumentSource? DoubledSource(string earlier) => null;

    /// <summary>Whether an unchanged document is known without being read.</summary>
    public virtual bool HasTokens => true;

    /// <summary>The run of the source that was made last has ended well.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
