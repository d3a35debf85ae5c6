namespace Tidemark.Server;

/// <summary>A webhook: where events come in, how their sender is known, and what becomes of them.</summary>
public sealed class HookOptions
{
    /// <summary>What it is called in its address, <c>POST PREFIX/api/hooks/NAME</c>: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Whether it has an address. False: its events come another way, from a broker, and whoever fetches them hands them to <see cref="EventIntake"/>.
    /// </summary>
    public bool TakesRequests { get; init; } = true;

    /// <summary>How its sender is known.</summary>
    public HookSignature Signature { get; init; }

    /// <summary>
    /// What senders sign with, as they were given it; several while one takes the place of another. They are in no answer, log or store.
    /// </summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>How far the time of a signature may be from this machine's clock, before or after it.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What its body is.</summary>
    public HookFormat Format { get; init; }

    /// <summary>How a document is made of an event.</summary>
    public required HookMapping Mapping { get; init; }

    /// <summary>
    /// A value (<c>/source/table</c>) that says which of <see cref="Mappings"/> an event is made a document by, so that one address takes those of
    /// several tables. Null: there is <see cref="Mapping"/> alone.
    /// </summary>
    public string? By { get; init; }

    /// <summary>The mappings by the text that <see cref="By"/> leads to; <c>*</c> is for all others. Each is complete by itself; <see cref="Mapping"/> is not used then.</summary>
    public IReadOnlyDictionary<string, HookMapping> Mappings { get; init; } = new Dictionary<string, HookMapping>(StringComparer.Ordinal);

    /// <summary>Which senders may ask whether they may send (CloudEvents' WebHook-Request-Origin), by name; <c>*</c>: all.</summary>
    public IReadOnlyList<string> Origins { get; init; } = ["*"];

    /// <summary>Bytes of one request.</summary>
    public int MostBytes { get; init; } = 1_000_000;

    /// <summary>Requests a minute; zero: no limit of its own.</summary>
    public int RequestsPerMinute { get; init; }
}
