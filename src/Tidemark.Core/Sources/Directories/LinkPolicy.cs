namespace Tidemark.Sources;

/// <summary>Links are followed as long as they lead to somewhere inside the source's folder.</summary>
internal sealed class LinkPolicy(FileTree tree, byte[] root)
{
    private byte[]? _resolvedRoot;

    public bool StaysInside(ReadOnlySpan<byte> path)
    {
        _resolvedRoot ??= tree.Resolve(root.Length == 0 ? "/"u8 : root);
        if (_resolvedRoot is not { } inside || tree.Resolve(path) is not { } target)
        {
            return false;
        }

        return target.AsSpan().StartsWith(inside)
            && (target.Length == inside.Length || inside is [.., (byte)'/'] || target[inside.Length] == '/');
    }
}
