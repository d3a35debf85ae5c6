namespace Tidemark.ProviderServer;

/// <summary>One request as it came over the wire.</summary>
internal sealed record HttpCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
