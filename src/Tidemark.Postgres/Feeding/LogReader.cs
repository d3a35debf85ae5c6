using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Follows the database's log: transactions into the queue, and only then back to the slot what need not be kept. A transaction that is larger
/// than a batch goes in parts, each under a version of its own, so that memory stays flat and the store is held up by none.
/// </summary>
internal sealed class LogReader(SourceDatabase database, FeedJournal journal, PostgresFeedOptions options, FeedTally tally, TimeProvider clock)
{
    private readonly LogBatch _batch = new(database);
    private readonly LogDecoder _decoder = new();
    private LogicalReplicationConnection? _log;
    private ulong _commit;
    private ulong _end;
    private int _part;
    private bool _isSkipped;
    private DateTimeOffset _at;
    private volatile bool _isClean = true;
    private long _idleAt;

    /// <summary>Up to where the log was received and everything is in the queue; read before it is asked whether a transaction is open.</summary>
    public ulong? CleanPosition
    {
        get
        {
            var received = _log is { } log ? (ulong)log.LastReceivedLsn : 0;
            return _isClean && received > 0 ? received : null;
        }
    }

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        var state = journal.State!;
        var log = await database.OpenLogAsync(cancellationToken).ConfigureAwait(false);
        await using var held = log.ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _log = log;
        _end = state.Position;
        log.SetReplicationStatus(new NpgsqlLogSequenceNumber(state.Position));
        var messages = log.StartReplication(
            new PgOutputReplicationSlot(state.Slot),
            new PgOutputReplicationOptions(state.Slot, PgOutputProtocolVersion.V1),
            ending.Token,
            new NpgsqlLogSequenceNumber(state.Position)).GetAsyncEnumerator(ending.Token);
        var next = Task.FromResult(true);
        try
        {
            var byOid = tables.ToDictionary(table => (uint)table.Oid);
            while (true)
            {
                // Where the log has nothing more to say, what it said goes into the queue at once.
                next = messages.MoveNextAsync().AsTask();
                if (!next.IsCompleted && _commit == 0 && !_batch.IsEmpty)
                {
                    await FlushAsync(cancellationToken).ConfigureAwait(false);
                }

                if (!await next.ConfigureAwait(false))
                {
                    throw FeedErrors.Busy($"'{database.Name}' ended the stream of '{state.Slot}'", "it is asked again");
                }

                await TakeAsync(messages.Current, byOid, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Nothing of ours may come for a long time while the database's log grows. Where no transaction is open, what was received need not be kept; that
    /// is noted in the store first, so that a slot that is ahead of the store can only be one that somebody else has moved.
    /// </summary>
    /// <param name="force">However little it is, and told to the database at once: whoever ends now will not tell it later.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task ConfirmIdleAsync(bool force, CancellationToken cancellationToken)
    {
        const ulong Much = 4 * 1024 * 1024;
        var known = journal.State!.Position;
        if (CleanPosition is { } position && position > known
            && (force || position - known >= Much || clock.GetElapsedTime(_idleAt) >= TimeSpan.FromSeconds(10)))
        {
            _idleAt = clock.GetTimestamp();
            await journal.TakeAsync(
                [], state => state.Position < position && state.OpenCommit == 0 ? state with { Position = position } : state, cancellationToken).ConfigureAwait(false);
            Confirm(journal.State!.Position);
        }

        if (force && _log is { } log)
        {
            await log.SendStatusUpdate(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(PgOutputReplicationMessage message, Dictionary<uint, SourceTable> tables, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case BeginMessage begin:
                Begin(begin);
                break;
            case CommitMessage commit:
                await CommitAsync(commit, cancellationToken).ConfigureAwait(false);
                break;
            case RelationMessage relation:
                _decoder.Learn(relation, tables.GetValueOrDefault(relation.RelationId));
                break;
            case TruncateMessage truncate when !_isSkipped:
                foreach (var relation in truncate.Relations)
                {
                    if (tables.GetValueOrDefault(relation.RelationId) is { } emptied)
                    {
                        _batch.Emptied[emptied.Name] = _commit;
                    }
                }

                break;
            default:
                await foreach (var (table, id, row) in _decoder.ReadAsync(message, tables, cancellationToken).ConfigureAwait(false))
                {
                    await AddAsync(table, id, row, cancellationToken).ConfigureAwait(false);
                }

                break;
        }
    }

    private void Begin(BeginMessage begin)
    {
        _isClean = false;
        var state = journal.State!;
        _commit = (ulong)begin.TransactionFinalLsn;
        _isSkipped = _commit < state.Position;
        _part = state.OpenCommit == _commit ? state.OpenParts : 0;
        _at = new DateTimeOffset(DateTime.SpecifyKind(begin.TransactionCommitTimestamp, DateTimeKind.Utc));
    }

    private async Task AddAsync(SourceTable table, string? id, FeedRow? row, CancellationToken cancellationToken)
    {
        if (_isSkipped)
        {
            return;
        }

        if (id is null)
        {
            tally.Fail(options.Observer, table.Name);
            return;
        }

        if (_batch.IsFull(options.BatchSize))
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        _batch.Add(id, new LoggedChange(table, row, FeedVersion.OfCommit(journal.State!.Origin, _commit, _part), _at));
    }

    private async Task CommitAsync(CommitMessage commit, CancellationToken cancellationToken)
    {
        var isOpen = _part > 0;
        _end = (ulong)commit.TransactionEndLsn;
        _commit = 0;
        tally.Transactions += _isSkipped ? 0 : 1;
        if (options.ConfirmsEarly)
        {
            Confirm(_end);
            await _log!.SendStatusUpdate(cancellationToken).ConfigureAwait(false);
        }

        if (_isSkipped)
        {
            _isClean = _batch.IsEmpty;
        }
        else if (isOpen || _batch.IsEmpty || _batch.IsFull(options.BatchSize))
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is there goes into the queue, with the position behind the last transaction that is whole.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var isEnd = _commit == 0;
        if (!isEnd && _part + 1 >= FeedVersion.MostParts)
        {
            throw FeedErrors.Lost("a transaction is too large to be taken in parts", options.Source);
        }

        var changes = await _batch.BuildAsync(cancellationToken).ConfigureAwait(false);
        if (isEnd && _batch.IsEmpty && _part == 0)
        {
            // A transaction that says nothing of ours: the idle confirmation takes it along.
            _isClean = true;
            return;
        }

        await journal.TakeAsync(changes, Advance, cancellationToken).ConfigureAwait(false);
        tally.Changes += changes.Count;
        _batch.Clear();
        if (isEnd)
        {
            _part = 0;
            Confirm(_end);
            _isClean = true;
        }
        else
        {
            _part++;
        }

        FeedState Advance(FeedState state)
        {
            foreach (var (name, commit) in _batch.Emptied)
            {
                state = state.With(name, state.Tables[name].Emptied(commit));
            }

            return state with
            {
                Position = Math.Max(state.Position, _end),
                Top = Math.Max(state.Top, _batch.Top),
                OpenCommit = isEnd ? 0 : _commit,
                OpenParts = isEnd ? 0 : _part + 1,
            };
        }
    }

    private void Confirm(ulong position)
    {
        if (_log is { } log && position > (ulong)log.LastFlushedLsn)
        {
            log.SetReplicationStatus(new NpgsqlLogSequenceNumber(position));
        }
    }
}
