using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Sqlite.Locking;

/// <summary>
/// The database itself, whatever it is called: two names of one file are one store, and their writers exclude each other by a
/// lock of the file (device and inode): of one byte far behind its end, which neither SQLite nor anybody who copies the file asks for.
/// </summary>
/// <remarks>
/// One descriptor for all who have the file open in this process, closed by the last of them: when any descriptor of a file is
/// closed, the system drops all the locks that SQLite has on it in this process.
/// </remarks>
internal sealed class DatabaseInode : IDisposable
{
    private static readonly Dictionary<(ulong Device, ulong Inode), Entry> Open = [];
    private readonly Entry _entry;
    private bool _isDisposed;

    private DatabaseInode(Entry entry) => _entry = entry;

    /// <returns>Null where the system does not tell files apart, or the file may not be opened.</returns>
    public static DatabaseInode? Hold(string path)
    {
        if (!SystemLock.IsSupported || FileFacts.Of(path, follow: false) is not { } facts)
        {
            return null;
        }

        lock (Open)
        {
            if (!Open.TryGetValue((facts.Device, facts.Inode), out var entry))
            {
                if (SystemLock.OpenToLock(path) is not { } file)
                {
                    return null;
                }

                // What was opened may be another file than the one that was looked at; it counts.
                facts = FileFacts.Of(file);
                entry = new Entry(file, (facts.Device, facts.Inode));
                Open.TryAdd(entry.Key, entry);
            }

            entry.Holders++;
            return new DatabaseInode(entry);
        }
    }

    /// <summary>
    /// Uses the file under a name as long as this is held. SQLite keeps its log beside the name that it was given, so two names at once are
    /// two logs of one file, which destroy it.
    /// </summary>
    /// <returns>False: somebody uses it under another one, in this process or another one.</returns>
    public bool TryUse(string path)
    {
        var slot = SlotOf(path);
        lock (Open)
        {
            if (_entry.Slot is { } used)
            {
                return used == slot;
            }

            SystemLock.ShareName(_entry.File, slot);
            if (SystemLock.IsUnderOtherName(_entry.File, slot))
            {
                return false;
            }

            _entry.Slot = slot;
            return true;
        }
    }

    /// <summary>The name under which it was last opened to be written; null: nobody knows.</summary>
    public string? LastName
    {
        get => NameMark.Read(_entry.File);
        set => NameMark.Write(_entry.File, value!);
    }

    /// <summary>False: another writer has it, in this process or another one.</summary>
    public bool TryLock()
    {
        lock (Open)
        {
            return !_entry.IsLocked && (_entry.IsLocked = SystemLock.TryTakeByte(_entry.File));
        }
    }

    public void Unlock()
    {
        lock (Open)
        {
            SystemLock.ReleaseByte(_entry.File);
            _entry.IsLocked = false;
        }
    }

    public void Dispose()
    {
        lock (Open)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (--_entry.Holders == 0)
            {
                if (Open.GetValueOrDefault(_entry.Key) == _entry)
                {
                    Open.Remove(_entry.Key);
                }

                _entry.File.Dispose();
            }
        }
    }

    /// <summary>A name is a folder, whatever that is called, and what stands in it.</summary>
    private static int SlotOf(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = FileFacts.Of(Path.GetDirectoryName(full)!, follow: true);
        var name = string.Create(CultureInfo.InvariantCulture, $"{folder?.Device}:{folder?.Inode}/{Path.GetFileName(full)}");
        return (int)(Spread(Encoding.UTF8.GetBytes(name)) % SystemLock.NameSlots);
    }

    /// <summary>
    /// FNV-1a, folded: the same in every process. A cryptographic hash would bring a library of 5 MB into every command that opens a store,
    /// and nobody gains anything by a name that meets another one's slot.
    /// </summary>
    private static uint Spread(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261;
        foreach (var one in name)
        {
            hash = (hash ^ one) * 16777619;
        }

        return hash ^ (hash >> 20);
    }

    private sealed class Entry(SafeFileHandle file, (ulong Device, ulong Inode) key)
    {
        public SafeFileHandle File { get; } = file;

        public (ulong Device, ulong Inode) Key { get; } = key;

        public int Holders { get; set; }

        /// <summary>Of the name that it is used under; null: of none yet.</summary>
        public int? Slot { get; set; }

        public bool IsLocked { get; set; }
    }
}
