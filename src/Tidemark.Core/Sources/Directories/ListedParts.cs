using System.Text;

namespace Tidemark.Sources;

/// <summary>The folders below a source's own that are listed, where that is not all of it.</summary>
internal sealed class ListedParts
{
    private readonly byte[][] _folders;

    /// <param name="parts">Paths below the source's folder.</param>
    public ListedParts(IReadOnlyList<string> parts) => _folders = [.. parts.Select(Encoding.UTF8.GetBytes)];

    public bool Takes(ReadOnlySpan<byte> file)
    {
        foreach (var folder in _folders)
        {
            if (IsWithin(file, folder))
            {
                return true;
            }
        }

        return _folders.Length == 0;
    }

    /// <summary>Whether a folder is one of them, lies in one, or leads to one.</summary>
    public bool Enters(ReadOnlySpan<byte> folder)
    {
        foreach (var part in _folders)
        {
            if (folder.SequenceEqual(part) || IsWithin(folder, part) || IsWithin(part, folder))
            {
                return true;
            }
        }

        return _folders.Length == 0;
    }

    private static bool IsWithin(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder);
}
