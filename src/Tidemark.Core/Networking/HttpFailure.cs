namespace Tidemark.Networking;

/// <summary>A request that got no answer, in words. No secret stands in them.</summary>
/// <param name="Kind">Why.</param>
/// <param name="What">What happened, naming the thing in single quotes.</param>
/// <param name="Remedy">What to do about it; null: nothing but trying again.</param>
public sealed record HttpFailure(HttpFailureKind Kind, string What, string? Remedy)
{
    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool MayPass => Kind is HttpFailureKind.Broken or HttpFailureKind.TimedOut or HttpFailureKind.NoHost
        or HttpFailureKind.ProxyUnreachable or HttpFailureKind.NotHttp;
}
