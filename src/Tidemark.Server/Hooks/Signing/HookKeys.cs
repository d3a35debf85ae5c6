namespace Tidemark.Server.Hooks.Signing;

/// <summary>What senders are known by.</summary>
/// <param name="Shared">Secrets that they sign with, as bytes.</param>
/// <param name="Public">Keys that only check what they sign: Ed25519, 32 bytes each.</param>
internal sealed record HookKeys(IReadOnlyList<byte[]> Shared, IReadOnlyList<byte[]> Public)
{
    /// <summary>Keys are no text.</summary>
    public override string ToString() => nameof(HookKeys);
}
