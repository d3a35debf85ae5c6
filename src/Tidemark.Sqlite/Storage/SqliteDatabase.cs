using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Locking;

namespace Tidemark.Sqlite.Storage;

/// <summary>One open database: a pool of readers, one writer's connection, and the way to the writer lease.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly DatabaseFile _file;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;
    private IndexWriter? _index;
    private bool _disposed;

    /// <param name="first">The file's first connection: a reader's if it is read-only, else the writer's.</param>
    public SqliteDatabase(DatabaseFile file, SqliteConnection first, TimeProvider clock)
    {
        _file = file;
        Clock = clock;
        Readers = new ReaderPool(file.OpenReader);
        if (file.Options.ReadOnly)
        {
            Readers.Return(first);
        }
        else
        {
            _writer = first;
            _index = new IndexWriter(first, clock);
        }
    }

    public TimeProvider Clock { get; }

    public ReaderPool Readers { get; }

    public UncommittedInputs Uncommitted { get; } = new();

    public string Path => _file.Path;

    public SqliteStoreOptions Options => _file.Options;

    /// <summary>Whether it lives in memory only, as the empty store of a plan does.</summary>
    public bool IsTransient => _file.IsTransient;

    /// <summary>Sole use of the writer's connection within this process; dispose the hold to end it.</summary>
    /// <exception cref="TidemarkException"><c>store.read-only</c>.</exception>
    public async ValueTask<WriterHold> HoldWriterAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_writer is null)
            {
                _writer = _file.OpenWriter();
                _index = new IndexWriter(_writer, Clock);
            }

            return new WriterHold(_file, _writer, _index!, Uncommitted, _writing);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    /// <summary>The right to change records, against other processes and other sessions of this one.</summary>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="givesWay">It is let go again at once: whoever waits for nobody else waits for this.</param>
    public ValueTask<WriterLease> LeaseAsync(TimeSpan wait, CancellationToken cancellationToken, bool givesWay = false) =>
        IsTransient
            ? ValueTask.FromResult(WriterLease.Unshared())
            : WriterLease.AcquireAsync(Path, _file.Inode, new LeaseRequest(wait, givesWay), Clock, cancellationToken);

    /// <summary>Waits for the writer to finish; whoever asks for it later is told that the store is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            Readers.Dispose();
            _writer?.Dispose();
            _writer = null;
            _file.Dispose();
        }
        finally
        {
            _writing.Release(); // not disposed: a waiter would wait for ever
        }
    }
}
