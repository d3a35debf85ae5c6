using Npgsql;

namespace Tidemark.Postgres.Feeding;

/// <summary>Makes the publication and the slot, and says whether what is there is what was left.</summary>
internal sealed class SlotKeeper(SourceDatabase database, string source)
{
    private static readonly TimeSpan StandByRest = TimeSpan.FromSeconds(1);

    private const string FindSlot = """
        select s.confirmed_flush_lsn::text, coalesce(s.wal_status, ''), s.active_pid::text, coalesce(a.application_name, ''), s.plugin::text,
               (s.database = current_database())::text
        from pg_replication_slots s left join pg_stat_activity a on a.pid = s.active_pid where s.slot_name = $1
        """;

    private const string FindBlocker = """
        select pid::text, coalesce(application_name, ''), coalesce(usename::text, ''), coalesce(state, ''), xact_start::text from pg_stat_activity
        where backend_xid is not null and pid <> pg_backend_pid() order by xact_start limit 1
        """;

    /// <summary>
    /// The name of a piece of the log begins with its timeline; what else tells it lags behind a promotion. What was replayed last stays as it is after one, until the
    /// server is started again, when nothing has been received any more.
    /// </summary>
    private const string FindLog = """
        select system_identifier::text, ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint::text, pg_current_wal_lsn()::text,
               case when pg_last_wal_receive_lsn() is not null then pg_last_wal_replay_lsn() end::text
        from pg_control_system()
        """;

    private const string FindPublication =
        "select pubviaroot::text, (pubinsert and pubupdate and pubdelete and pubtruncate)::text, puballtables::text from pg_publication where pubname = $1";

    /// <summary>The server's log as it is now.</summary>
    public async Task<ServerLog> IdentifyAsync(CancellationToken cancellationToken)
    {
        var found = (await database.ListAsync(FindLog, cancellationToken).ConfigureAwait(false))[0];
        return new ServerLog(found[0]!, (uint)SourceDatabase.Number(found[1]), SourceDatabase.Position(found[2]), found[3] is { } fork ? SourceDatabase.Position(fork) : null);
    }

    /// <returns>Null: there is no such slot. Else what it was told, whether its log is still there, and who reads it.</returns>
    public async Task<(ulong Position, bool IsLost, string? Reader)?> FindAsync(string slot, CancellationToken cancellationToken)
    {
        if (await database.ListAsync(FindSlot, cancellationToken, slot).ConfigureAwait(false) is not [var found])
        {
            return null;
        }

        if (found[4] != "pgoutput" || found[5] != "true")
        {
            throw FeedErrors.Setup(
                $"the slot '{slot}' is another database's or another reader's", "name another one for this source with 'slot'");
        }

        if (SourceDatabase.IsOfAnother(found[3] ?? "", source))
        {
            throw FeedErrors.Setup(
                $"the slot '{slot}' is read by '{found[3]}', the feed of another source, and not of '{source}'; a slot has one reader", "name another one for one of them with 'slot'");
        }

        return (SourceDatabase.Position(found[0]), found[1] == "lost", found[2] is { } pid ? $"process {pid} ({found[3]})" : null);
    }

    /// <summary>Waits, however long, while somebody reads it: whoever does carries the feed on.</summary>
    public async Task StandByAsync(string slot, TimeProvider clock, IFeedObserver? observer, CancellationToken cancellationToken)
    {
        for (var told = false; await FindAsync(slot, cancellationToken).ConfigureAwait(false) is { Reader: { } reader }; told = true)
        {
            if (!told)
            {
                observer?.OnEvent("standby", $"'{source}' is carried on by {reader}; it is taken over when that ends", isTrouble: false);
            }

            await Task.Delay(StandByRest, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until nobody reads it any more: after a kill the server notices that late.</summary>
    /// <exception cref="TidemarkException"><c>feed.busy</c>, with who has it.</exception>
    public async Task WaitForReaderAsync(string slot, TimeProvider clock, IFeedObserver? observer, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        for (var told = false; await FindAsync(slot, cancellationToken).ConfigureAwait(false) is { Reader: { } reader }; told = true)
        {
            var busy = FeedErrors.Busy(
                $"the slot '{slot}' is read by {reader}",
                "end that process, or wait: what was killed is let go after wal_sender_timeout; PostgresFeedOptions.Patience says how long");
            if (clock.GetElapsedTime(began) > database.Patience)
            {
                throw busy;
            }

            if (!told)
            {
                observer?.OnEvent("busy", $"{busy.Message}; it is waited for", isTrouble: true);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether there is a publication of that name.</summary>
    public async Task<bool> IsPublishedAsync(string publication, CancellationToken cancellationToken) =>
        (await database.ListAsync(FindPublication, cancellationToken, publication).ConfigureAwait(false)).Count > 0;

    /// <summary>Before the slot: one that is older than its publication never works with it.</summary>
    /// <returns>Names of tables of which not everything was published: what happened to them meanwhile stands in no log that is read.</returns>
    public async Task<IReadOnlySet<string>> PublishAsync(string publication, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", tables.Select(table => table.Quoted));
        var found = await database.ListAsync(FindPublication, cancellationToken, publication).ConfigureAwait(false);
        if (found.Count == 0)
        {
            await DeclareAsync($"create publication \"{publication}\" for table {names} with (publish_via_partition_root = true)", cancellationToken)
                .ConfigureAwait(false);
            return tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        }

        var unheard = new HashSet<string>(StringComparer.Ordinal);

        if (found[0][0] != "true")
        {
            await DeclareAsync($"alter publication \"{publication}\" set (publish_via_partition_root = true)", cancellationToken).ConfigureAwait(false);
            unheard.UnionWith(tables.Select(table => table.Name));
        }

        if (found[0][1] != "true")
        {
            await DeclareAsync($"alter publication \"{publication}\" set (publish = 'insert, update, delete, truncate')", cancellationToken)
                .ConfigureAwait(false);
            unheard.UnionWith(tables.Select(table => table.Name));
        }

        var published = await database.ListAsync(
            "select r.prrelid::bigint, (r.prqual is not null)::text, (r.prattrs is not null)::text from pg_publication_rel r "
            + "join pg_publication p on p.oid = r.prpubid where p.pubname = $1",
            cancellationToken, publication).ConfigureAwait(false);
        foreach (var table in tables.Where(_ => found[0][2] != "true"))
        {
            var row = published.Find(one => SourceDatabase.Number(one[0]) == table.Oid);
            if (row is null)
            {
                await DeclareAsync($"alter publication \"{publication}\" add table {table.Quoted}", cancellationToken).ConfigureAwait(false);
                unheard.Add(table.Name);
            }
            else if (row[1] == "true" || row[2] == "true")
            {
                throw FeedErrors.Setup(
                    $"the publication '{publication}' has only a part of '{table.Name}'",
                    $"publish all of it: alter publication \"{publication}\" drop table {table.Quoted}; the next start adds it, and reads it again");
            }
        }

        return unheard;
    }

    /// <summary>Waits for every open transaction that has written: bounded, and the process is named.</summary>
    public async Task<T> MakeAsync<T>(Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(database.Patience);
        try
        {
            return await make(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or NpgsqlException)
        {
            var open = await database.ListAsync(FindBlocker, cancellationToken).ConfigureAwait(false);
            var who = open is [var first, ..] ? $"process {first[0]} ({first[1]}, user {first[2]}, {first[3]}, its transaction open since {first[4]})" : "an open transaction";
            throw FeedErrors.Busy(
                $"a slot for '{source}' waits for {who}: it cannot be made before every transaction has ended that was writing",
                "end that transaction, then start the feed again; PostgresFeedOptions.Patience says how long is waited");
        }
    }

    /// <summary>With failover, so that a standby may have it as well.</summary>
    /// <returns>From where on it has the log.</returns>
    public Task<ulong> CreateAsync(string slot, CancellationToken cancellationToken) => MakeAsync(
        async bounded =>
        {
            var failover = SourceDatabase.Number(await database.AskAsync("select current_setting('server_version_num')", bounded).ConfigureAwait(false)) >= 170_000;
            return SourceDatabase.Position(await database.AskAsync(
                $"select lsn::text from pg_create_logical_replication_slot($1, 'pgoutput', false, false{(failover ? ", true" : "")})", bounded, slot)
                .ConfigureAwait(false));
        },
        cancellationToken);

    public Task DropAsync(string slot, CancellationToken cancellationToken) => database.ListAsync(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1", cancellationToken, slot);

    private async Task DeclareAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw FeedErrors.Setup(
                $"'{database.User}' may not publish the tables of '{source}': {e.MessageText}",
                $"run it as their owner: {sql}", e);
        }
    }
}
