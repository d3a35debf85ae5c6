using System.Text;
using System.Text.Unicode;

namespace Tidemark.Sources;

/// <summary>The folders on the path of a walk through a tree's entries, which come in the order of their paths.</summary>
internal sealed class GitFolders
{
    private readonly FileFilter _filter;
    private readonly GitRules _rules;
    private readonly List<Frame> _frames = [];
    private readonly int _above;
    private byte[] _path;

    /// <param name="filter">Decides by paths below the listed folder.</param>
    /// <param name="rules">Of the tree.</param>
    /// <param name="below">The listed folder, seen from the top.</param>
    public GitFolders(FileFilter filter, GitRules rules, string below)
    {
        _filter = filter;
        _rules = rules;
        _path = Encoding.UTF8.GetBytes(below.Length == 0 ? "" : below + "/");
        _above = _path.Length;
        IgnoreScope? ignores = null, large = null;
        var names = below.Length == 0 ? [] : below.Split('/');
        for (var depth = 0; depth <= names.Length; depth++)
        {
            var folder = string.Join('/', names.Take(depth));
            ignores = rules.Ignores(ignores, folder);
            large = rules.Large(large, folder);
        }

        _frames.Add(new Frame(0, IsEntered: true, ignores, large));
    }

    /// <summary>Whether what lies in the folder of this entry is taken.</summary>
    public bool IsEntered => _frames[^1].IsEntered;

    /// <summary>Whether an ignore file leaves the entry out.</summary>
    public bool IsIgnored(bool isFolder) => _frames[^1].Ignores?.Ignores(_path, isFolder) == true;

    /// <summary>Whether it is left to git LFS.</summary>
    public bool IsLarge => _frames[^1].Large?.Ignores(_path, isFolder: false) == true;

    /// <summary>Goes to the next entry.</summary>
    /// <param name="entry">Its path below the listed folder.</param>
    public void MoveTo(ReadOnlySpan<byte> entry)
    {
        var common = entry.CommonPrefixLength(_path.AsSpan(_above));
        while (_frames.Count > 1 && _frames[^1].Length > common)
        {
            _frames.RemoveAt(_frames.Count - 1);
        }

        var whole = new byte[_above + entry.Length];
        _path.AsSpan(0, _above).CopyTo(whole);
        entry.CopyTo(whole.AsSpan(_above));
        _path = whole;
        for (var start = _frames[^1].Length; entry[start..].IndexOf((byte)'/') is var slash and >= 0; start += slash + 1)
        {
            Enter(entry[..(start + slash)], entry.Slice(start, slash));
        }
    }

    /// <param name="folder">Its path.</param>
    /// <param name="name">Its last name.</param>
    private void Enter(ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name)
    {
        var outer = _frames[^1];
        var whole = _path.AsSpan(0, _above + folder.Length);
        var isEntered = outer.IsEntered
            && !HiddenName.Is(name)
            && Utf8.IsValid(name)
            && _filter.EntersFolder(folder)
            && outer.Ignores?.Ignores(whole, isFolder: true) != true;
        var path = isEntered ? Encoding.UTF8.GetString(whole) : "";
        _frames.Add(isEntered
            ? new Frame(folder.Length + 1, true, _rules.Ignores(outer.Ignores, path), _rules.Large(outer.Large, path))
            : outer with { Length = folder.Length + 1, IsEntered = false });
    }

    /// <param name="Length">Of the folder's path with the slash behind it.</param>
    private sealed record Frame(int Length, bool IsEntered, IgnoreScope? Ignores, IgnoreScope? Large);
}
