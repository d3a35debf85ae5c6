namespace Tidemark.Server.Hooks.Mapping;

/// <summary>What became of an event.</summary>
internal abstract record MappedEvent
{
    private MappedEvent()
    {
    }

    /// <summary>The source that its document belongs to; null: that of the hook.</summary>
    public string? Source { get; init; }

    /// <summary>It is of no concern.</summary>
    public sealed record Ignored : MappedEvent;

    /// <summary>A change of a document, as a JSON line.</summary>
    /// <param name="Namespace">Null: that of the service.</param>
    /// <param name="Document">The document's id.</param>
    /// <param name="Line">UTF-8, without an end.</param>
    public sealed record Change(string? Namespace, string Document, byte[] Line) : MappedEvent;

    /// <summary>No document can be made of it.</summary>
    /// <param name="Namespace">Null: that of the service.</param>
    /// <param name="Message">Why.</param>
    /// <param name="Remedy">What to do.</param>
    public sealed record Poison(string? Namespace, string Message, string Remedy) : MappedEvent;
}
