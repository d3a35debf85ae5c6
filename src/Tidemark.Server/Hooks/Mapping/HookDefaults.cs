namespace Tidemark.Server.Hooks.Mapping;

/// <summary>What need not be said of a hook, since its signature or format says it.</summary>
/// <param name="Event">What sort of event one is.</param>
/// <param name="ModifiedAt">What orders two states, where no version does.</param>
/// <param name="HasVersion">The format brings a version.</param>
internal sealed record HookDefaults(string? Event, string? ModifiedAt, bool HasVersion)
{
    /// <summary>Events that are of no concern, unless the mapping names them.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    public static HookDefaults Of(HookSignature signature, HookFormat format) => (format, signature) switch
    {
        (HookFormat.Debezium, _) => new HookDefaults("{/op}", null, HasVersion: true),
        (HookFormat.CloudEvents, _) => new HookDefaults("/type", "/time", HasVersion: false),
        (_, HookSignature.GitHub) => new HookDefaults("{header:X-GitHub-Event}.{/action?}", null, HasVersion: false) { Ignore = ["ping"] },
        (_, HookSignature.Stripe) => new HookDefaults("/type", "/created", HasVersion: false),
        _ => new HookDefaults("/type", null, HasVersion: false),
    };
}
