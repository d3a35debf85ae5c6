using System.Text;

namespace Tidemark.Sources;

/// <summary>A folder listed through the platform's classes.</summary>
internal sealed class PortableFolder(string path) : Folder
{
    private readonly List<FileState> _states = [];

    public void Read()
    {
        var everything = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", everything))
        {
            var state = PortableFileTree.StateOf(entry);
            _states.Add(state);
            Add(NameOf(entry.Name), state.Kind);
        }
    }

    /// <summary>Links are not followed: what lies behind one is reported as something that is never opened.</summary>
    public override FileFault? Look(int index, bool follow, out FileState state)
    {
        state = _states[index];
        state = follow && state.Kind == EntryKind.Link ? state with { Kind = EntryKind.Other } : state;
        return null;
    }

    /// <summary>A name with half a surrogate pair becomes bytes that are not UTF-8 either.</summary>
    private static byte[] NameOf(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return string.Equals(Encoding.UTF8.GetString(bytes), name, StringComparison.Ordinal) ? bytes : [.. bytes, 0xFF];
    }
}
