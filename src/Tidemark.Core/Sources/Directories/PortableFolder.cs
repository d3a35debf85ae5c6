using System.Text;

namespace Tidemark.Sources;

/// <summary>A folder listed through the platform's classes.</summary>
internal sealed class PortableFolder(string path) : Folder
{
    private readonly List<(FileState State, EntryKind LeadsTo)> _entries = [];

    public void Read()
    {
        var everything = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", everything))
        {
            var state = PortableFileTree.StateOf(entry);
            _entries.Add((state, entry is DirectoryInfo ? EntryKind.Folder : EntryKind.File));
            Add(NameOf(entry.Name), state.Kind);
        }
    }

    /// <summary>Of what a link leads to, nothing but the kind is told: it is never opened (<see cref="PortableFileTree.Resolve"/>).</summary>
    public override FileFault? Look(int index, bool follow, out FileState state)
    {
        (state, var leadsTo) = _entries[index];
        state = follow && state.Kind == EntryKind.Link ? state with { Kind = leadsTo } : state;
        return null;
    }

    /// <summary>A name with half a surrogate pair becomes bytes that are not UTF-8 either.</summary>
    private static byte[] NameOf(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return string.Equals(Encoding.UTF8.GetString(bytes), name, StringComparison.Ordinal) ? bytes : [.. bytes, 0xFF];
    }
}
