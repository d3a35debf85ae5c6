namespace Tidemark.Sources;

/// <summary>Where there is no inotify: the platform's own watcher, one for each source, with all that lies below.</summary>
internal sealed class PortableEvents : FolderEvents
{
    private const int BufferBytes = 64 * 1024;

    private readonly List<FileSystemWatcher> _watchers = [];

    public override int Count => _watchers.Count;

    public override void WatchBeat(string folder) => Start(folder, isTree: false, _ => Beat(), Beat);

    public override void Add(WatchedSource source)
    {
        if (Directory.Exists(source.Root))
        {
            Start(source.Root, isTree: true, path => Take(source, path), () =>
            {
                source.Dirty.MarkAll();
                OnTrouble(WatchTrouble.Overflow);
            });
        }
    }

    public override void Begin()
    {
    }

    public override void Enter(WatchedSource source, string path)
    {
    }

    public override void Forget(WatchedSource source)
    {
    }

    public override void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }
    }

    private void Take(WatchedSource source, string path)
    {
        if (source.Happened(Path.GetDirectoryName(path)!, Path.GetFileName(path), isFolder: Directory.Exists(path) || !Path.HasExtension(path)))
        {
            OnTrouble(WatchTrouble.IgnoreFile);
        }
    }

    private void Start(string folder, bool isTree, Action<string> happened, Action failed)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = isTree,
            InternalBufferSize = BufferBytes,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
        };
        watcher.Changed += (_, e) => happened(e.FullPath);
        watcher.Created += (_, e) => happened(e.FullPath);
        watcher.Deleted += (_, e) => happened(e.FullPath);
        watcher.Renamed += (_, e) =>
        {
            happened(e.OldFullPath);
            happened(e.FullPath);
        };
        watcher.Error += (_, _) => failed();
        watcher.EnableRaisingEvents = true;
        _watchers.Add(watcher);
    }
}
