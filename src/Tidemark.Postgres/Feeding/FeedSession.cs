namespace Tidemark.Postgres.Feeding;

/// <summary>A feed from its start to what ends it: checks, the slot, then the log and the tables at once.</summary>
internal sealed class FeedSession(
    TidemarkIndex index, SourceDatabase database, FeedJournal journal, PostgresFeedOptions options, FeedTally tally, TimeProvider clock)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly SlotKeeper _slots = new(database, options.Source);
    private readonly SourceCatalog _catalog = new(database);

    /// <summary>Called when the log is about to be followed.</summary>
    public required Action OnStarted { get; init; }

    private string Slot => SlotPlace.NameOf(options);

    /// <returns>True: it is caught up, and that was all. It ends in no other way by itself.</returns>
    public async Task<bool> RunAsync(bool repair, CancellationToken cancellationToken)
    {
        await _catalog.CheckServerAsync(cancellationToken).ConfigureAwait(false);
        if (options.StandsBy)
        {
            await _slots.StandByAsync(Slot, clock, options.Observer, cancellationToken).ConfigureAwait(false);
        }

        var tables = await FindTablesAsync(cancellationToken).ConfigureAwait(false);
        var (state, log, isReady) = await JudgeSlotAsync(repair, cancellationToken).ConfigureAwait(false);
        var unheard = await _slots.PublishAsync(Slot, tables, cancellationToken).ConfigureAwait(false);
        if (!isReady)
        {
            await MakeSlotAsync(state, log, cancellationToken).ConfigureAwait(false);
        }
        else if (state!.Timeline != log.Timeline)
        {
            await journal.SaveAsync(state with { Timeline = log.Timeline }, cancellationToken).ConfigureAwait(false);
        }

        await SettleTablesAsync(tables, unheard, repair, cancellationToken).ConfigureAwait(false);
        await _slots.WaitForReaderAsync(Slot, clock, options.Observer, cancellationToken).ConfigureAwait(false);
        OnStarted();
        options.Observer?.OnEvent(
            "start", $"'{options.Source}' from {database.Name}, {tables.Count} tables, log from {SourceDatabase.Text(journal.State!.Position)} on", isTrouble: false);
        return await FollowAsync(tables, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<SourceTable>> FindTablesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<SourceTable>(options.Tables.Count);
        foreach (var table in options.Tables)
        {
            tables.Add(await _catalog.FindAsync(table, cancellationToken).ConfigureAwait(false));
        }

        TableNames.Check(tables);
        return tables;
    }

    /// <summary>
    /// Whether the slot that was left is the one to go on with. Where it is lost a new one is, and what came between is found by reading everything
    /// again. Makes nothing.
    /// </summary>
    /// <exception cref="TidemarkException"><c>feed.setup</c>: a slot of that name is not known to be ours; <c>feed.lost</c>.</exception>
    private async Task<(FeedState? State, ServerLog Log, bool IsReady)> JudgeSlotAsync(bool repair, CancellationToken cancellationToken)
    {
        var state = await journal.LoadAsync(cancellationToken).ConfigureAwait(false);
        var log = await _slots.IdentifyAsync(cancellationToken).ConfigureAwait(false);
        var slot = await _slots.FindAsync(Slot, cancellationToken).ConfigureAwait(false);
        var isOtherServer = state is not null && state.System.Length > 0 && state.System != log.System;
        if (slot is not null && (state?.Slot != Slot || isOtherServer))
        {
            throw FeedErrors.Setup(
                $"there is a slot '{Slot}' in '{database.Name}', and this store knows nothing of it: it may be another index's",
                $"name another one with 'slot', or where nobody needs it: select pg_drop_replication_slot('{Slot}')");
        }

        var course = state is null or { IsMaking: true } ? LogCourse.Same : log.CourseAfter(state.Timeline, state.Position);
        var loss = state is null or { IsMaking: true } ? null
            : state.Slot != Slot ? "it is read from another slot now"
            : slot is null ? $"the slot '{Slot}' is gone"
            : course == LogCourse.Unknown ? $"'{database.Name}' was promoted meanwhile, and does not say any more how far its log is that of the server before"
            : !await _slots.IsPublishedAsync(Slot, cancellationToken).ConfigureAwait(false) ? $"the publication '{Slot}' is gone"
            : slot.Value.IsLost ? $"the server has removed what the slot '{Slot}' had not read yet (max_slot_wal_keep_size)"
            : slot.Value.Position > state.Position && !options.ConfirmsEarly ? $"the slot '{Slot}' was moved or made anew by somebody else"
            : null;
        var isElsewhere = isOtherServer || (state is not null && log.End < state.Position) || course == LogCourse.Forked;
        if (isElsewhere && !repair)
        {
            throw FeedErrors.Lost($"'{database.Name}' is another server than it was, or one of an earlier moment: its log does not go on from there", options.Source);
        }

        if (state is { IsMaking: false } && loss is null && !isElsewhere && !repair)
        {
            return (state, log, IsReady: true);
        }

        if (loss is not null && !repair)
        {
            options.Observer?.OnEvent("lost", $"{loss}; everything is read again and compared", isTrouble: true);
        }

        return (state, log, IsReady: false);
    }

    private async Task MakeSlotAsync(FeedState? state, ServerLog log, CancellationToken cancellationToken)
    {
        var isKnown = state is { IsMaking: false } && state.System == log.System;
        var making = (state ?? new FeedState { Slot = Slot }) with
        {
            Slot = Slot,
            IsMaking = true,
            System = log.System,
            Timeline = log.Timeline,
            Position = 0,
            OpenCommit = 0,
            OpenParts = 0,
            Tables = state is null ? new FeedState { Slot = Slot }.Tables : state.Tables.ToDictionary(
                table => table.Key, table => table.Value with { Shape = "", IsRead = false, IsDue = true, DueAt = 0 }, StringComparer.Ordinal),
        };
        await _slots.WaitForReaderAsync(Slot, clock, options.Observer, cancellationToken).ConfigureAwait(false);
        await journal.SaveAsync(making, cancellationToken).ConfigureAwait(false);
        await _slots.DropAsync(Slot, cancellationToken).ConfigureAwait(false);
        if (isKnown && state!.Slot != Slot)
        {
            await _slots.DropAsync(state.Slot, cancellationToken).ConfigureAwait(false);
        }

        var position = await _slots.CreateAsync(Slot, cancellationToken).ConfigureAwait(false);
        await journal.SaveAsync(
            making with
            {
                IsMaking = false,
                Position = position,
                Origin = FeedVersion.OriginAbove(making.Origin, making.Top, position),
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tables that are new, not what they were, or were not wholly published, are read from the beginning, and what they no longer have is looked for.</summary>
    private async Task SettleTablesAsync(
        IReadOnlyList<SourceTable> tables, IReadOnlySet<string> unheard, bool repair, CancellationToken cancellationToken)
    {
        var state = journal.State!;
        var next = state;
        repair |= await IsForgottenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var table in tables)
        {
            var known = state.Tables.GetValueOrDefault(table.Name);
            var files = table.Files.ToDictionary(file => file.Oid, file => file.File);
            if (known is null || repair || unheard.Contains(table.Name) || HasChanged(table, known))
            {
                next = next.With(table.Name, new TableState
                {
                    Shape = table.Shape,
                    Files = files,
                    Blocks = table.Files.Sum(file => file.Blocks),
                    IsDue = known is not null || repair,
                });
            }
        }

        foreach (var (name, table) in state.Tables.Where(one => !tables.Any(table => table.Name == one.Key)))
        {
            next = next.With(name, table with { Shape = "", IsRead = true, IsDue = false, Held = 0 }); // no longer named; if it is again, it is read anew
        }

        if (next != state)
        {
            await journal.SaveAsync(next, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tables were read, and nothing of them is there: the namespace was dropped meanwhile, and its documents with it.</summary>
    private async Task<bool> IsForgottenAsync(CancellationToken cancellationToken)
    {
        if (!journal.State!.Tables.Values.Any(table => table.IsRead))
        {
            return false;
        }

        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        var name = options.Queue.Namespace ?? index.Namespace;
        var queue = await store.QueuedChanges.CountAsync(name, cancellationToken).ConfigureAwait(false);
        return queue is { Pending: 0, Leased: 0, Dead: 0 }
            && !(await store.Reader.SourcesAsync(name, cancellationToken).ConfigureAwait(false)).Contains(options.Source, StringComparer.Ordinal);
    }

    /// <summary>Whoever was read may move within its file; partitions that come, go or are emptied say nothing in the log.</summary>
    private static bool HasChanged(SourceTable table, TableState known) =>
        known.Shape != table.Shape
        || ((!known.IsRead || table.Files is not [var only] || only.Oid != table.Oid)
            && !(known.Files.Count == table.Files.Count && table.Files.All(file => known.Files.GetValueOrDefault(file.Oid) == file.File)));

    private async Task<bool> FollowAsync(IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var log = new LogReader(database, journal, options, tally, clock);
        Task[] work =
        [
            log.RunAsync(tables, ending.Token),
            ReadTablesAsync(tables, ending.Token),
            WatchAsync(tables, log, ending.Token),
        ];
        try
        {
            var first = await Task.WhenAny(work).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            return true;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>For ever: a table may be emptied, or read anew, at any time.</summary>
    private async Task ReadTablesAsync(IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        var reader = new SnapshotReader(database, _slots, journal, options, tally, clock);
        var reconciler = new FeedReconciler(index, database, _slots, journal, options, tally);
        while (true)
        {
            await reader.ReadAsync(tables, cancellationToken).ConfigureAwait(false);
            await reconciler.ReconcileAsync(tables, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Tick, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Confirms what is idle, says how the feed stands, notices what changes; ends when everything is in the queue, where that is wanted.</summary>
    private async Task WatchAsync(IReadOnlyList<SourceTable> tables, LogReader log, CancellationToken cancellationToken)
    {
        ulong? target = null;
        var pulse = new FeedPulse(index, database, journal, options, clock);
        var looked = clock.GetTimestamp();
        while (true)
        {
            await log.ConfirmIdleAsync(force: false, cancellationToken).ConfigureAwait(false);
            await pulse.BeatAsync(log.CleanPosition, cancellationToken).ConfigureAwait(false);
            var isRead = tables.All(table => journal.State!.Tables[table.Name] is { IsRead: true, IsDue: false });
            if (options.UntilCaughtUp && isRead)
            {
                target ??= (await _slots.IdentifyAsync(cancellationToken).ConfigureAwait(false)).End;
                if (log.CleanPosition >= target || journal.State!.Position >= target)
                {
                    await log.ConfirmIdleAsync(force: true, cancellationToken).ConfigureAwait(false);
                    await pulse.BeatAsync(log.CleanPosition, cancellationToken, force: true).ConfigureAwait(false);
                    return;
                }
            }

            if (clock.GetElapsedTime(looked) > TimeSpan.FromSeconds(30))
            {
                looked = clock.GetTimestamp();
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Tick, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the log says nothing of: another table of that name, other types, other partitions.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var tables = await FindTablesAsync(cancellationToken).ConfigureAwait(false);
        if (tables.Find(table => HasChanged(table, journal.State!.Tables[table.Name])) is { } changed)
        {
            throw new TablesChangedException(changed.Name);
        }
    }
}
