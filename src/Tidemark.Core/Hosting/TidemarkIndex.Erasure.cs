using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Sources;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark;

/// <content>What removes every trace of documents, and keeps them from coming back.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>
    /// Forgets documents: they leave the index, everything that is kept of them is removed, and no sync takes them again until that is lifted.
    /// Where it is interrupted it is called again, and goes on.
    /// </summary>
    /// <param name="target">Which.</param>
    /// <param name="options">How; a dry run is not possible.</param>
    /// <param name="cancellationToken">Ends it; what was begun is ended by the next call.</param>
    /// <returns>The proof: what was removed, where was looked afterwards, and what is not covered.</returns>
    /// <exception cref="TidemarkException">
    /// <c>hold.held</c>: one of them is held, and nothing was done; <c>usage</c>: a source is named, not a source id; <c>namespace.missing</c>,
    /// <c>namespace.append-only</c>, <c>run.locked</c>.
    /// </exception>
    public async Task<ErasureReceipt> ForgetAsync(
        ForgetTarget target, LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options = Patient(options);
        var (store, known) = await OpenToChangeAsync(options, "is forgotten", cancellationToken).ConfigureAwait(false);
        if (target.Group is { } group)
        {
            await SafeguardedName.RequireNoSourceAsync(store, known.Name, group, cancellationToken).ConfigureAwait(false);
        }

        var engine = new ForgetEngine(store, known, _opener.Clock, (sources, stop) => ChangeAsync(
            SyncOptions.ForgetCommand,
            [.. sources.Select(source => new EnumerableSource(source.Source, source.Changes.ToAsyncEnumerable()))],
            options with { DryRun = false },
            stop));
        return await engine.ForgetAsync(target, options.Patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets what was forgotten come back with the next sync that lists it.</summary>
    /// <param name="scope">What is named.</param>
    /// <param name="id">Of the document, or the source id.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TidemarkException"><c>forget.missing</c>: it was not forgotten; <c>namespace.missing</c>.</exception>
    public async Task LiftAsync(
        SafeguardScope scope, string id, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        var secret = await store.Safeguards.FindSecretAsync(cancellationToken).ConfigureAwait(false);
        if (secret is null || !await store.Safeguards.RemoveAsync(
            NameOf(@namespace), SafeguardKind.Forgotten, scope, secret.HashOf(scope, id), cancellationToken).ConfigureAwait(false))
        {
            throw new TidemarkException(
                ErrorCodes.ForgetMissing,
                $"'{id}' was not forgotten",
                scope == SafeguardScope.Document ? "if all of a source id was: 'LiftAsync(SOURCE)'" : "if single documents were: 'LiftAsync(DOCUMENT)'");
        }
    }

    /// <summary>What was forgotten, with the salt of its hashes; null: nothing was ever.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<(StoreSecret? Secret, IReadOnlyList<Safeguard> Forgotten)> ForgottenAsync(
        string? @namespace = null, CancellationToken cancellationToken = default) => LookForAsync(
        NameOf(@namespace),
        async (store, known) => (
            await store.Safeguards.FindSecretAsync(cancellationToken).ConfigureAwait(false),
            await store.Safeguards.ListAsync(known.Name, SafeguardKind.Forgotten, cancellationToken).ConfigureAwait(false)),
        cancellationToken);

    /// <summary>Reads what <see cref="ForgottenAsync"/> told and <c>tidemark forget --export</c> wrote, line by line; another file ends it at its first one.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: it is no such file; <c>source.missing</c>, <c>source.unreadable</c>.</exception>
    public static Task<(string Namespace, string Salt, IReadOnlyList<Safeguard> Forgotten)> ReadForgottenAsync(
        string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadForgottenAsync(LineStream.Of(path), cancellationToken);
    }

    /// <summary>The same of a stream, which is read once.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is no such list.</exception>
    public static Task<(string Namespace, string Salt, IReadOnlyList<Safeguard> Forgotten)> ReadForgottenAsync(
        Stream lines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return ReadForgottenAsync(LineStream.Of(lines), cancellationToken);
    }

    private static async Task<(string Namespace, string Salt, IReadOnlyList<Safeguard> Forgotten)> ReadForgottenAsync(
        LineStream lines, CancellationToken cancellationToken)
    {
        (string Namespace, string Salt)? head = null;
        var forgotten = new List<Safeguard>();
        await foreach (var (read, failures) in LineFile.ReadAsync(lines, Take, cancellationToken).ConfigureAwait(false))
        {
            forgotten.AddRange(failures.Count == 0 ? read.Select(line => line.Taken).OfType<Safeguard>() : throw SuppressionJson.NoList());
        }

        return head is { } known ? (known.Namespace, known.Salt, forgotten) : throw SuppressionJson.NoList();

        Safeguard? Take(ReadOnlyMemory<byte> line, string label)
        {
            if (head is not null)
            {
                return SuppressionJson.Read(line);
            }

            head = SuppressionJson.ReadSalt(line);
            return null;
        }
    }

    /// <summary>
    /// After a backup was restored: remembers again what was forgotten since, and forgets what the backup has of it.
    /// </summary>
    /// <param name="salt">Of the hashes.</param>
    /// <param name="forgotten">As <see cref="ForgottenAsync"/> told.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it; what was begun is ended by the next call.</param>
    /// <returns>The receipt of what was found; none: nothing was.</returns>
    /// <exception cref="TidemarkException">
    /// <c>forget.foreign</c>: the hashes are those of another store; <c>hold.held</c>: something of it is held, and nothing was done; as
    /// <see cref="ForgetAsync"/>.
    /// </exception>
    public async Task<IReadOnlyList<ErasureReceipt>> ReapplyAsync(
        string salt, IReadOnlyList<Safeguard> forgotten, LifecycleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(salt);
        ArgumentNullException.ThrowIfNull(forgotten);
        options = Patient(options);
        var name = NameOf(options.Namespace);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, name, cancellationToken).ConfigureAwait(false);
        var secret = await store.Safeguards.KeepSecretAsync(StoreSecret.Make() with { Salt = salt }, cancellationToken).ConfigureAwait(false);
        if (secret.Salt != salt)
        {
            throw new TidemarkException(
                ErrorCodes.ForgetForeign,
                "the file is of another store: its hashes say nothing here",
                "name the file that was exported from this store; in another one forget by ids");
        }

        var suppressions = Suppressions.Of(secret, forgotten);
        var groups = (await store.Past.SourceIdsAsync(name, cancellationToken).ConfigureAwait(false))
            .Where(group => suppressions.Cover("", group)).ToHashSet(StringComparer.Ordinal);
        var found = await store.Reader.DocumentsAsync(name, prefix: "", cancellationToken)
            .Concat(store.Past.GoneAsync(name, cancellationToken).Select(state => state.RequireSound().Document))
            .Where(document => suppressions.Cover(document.Id, document.SourceId))
            .Select(document => document.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        var target = ForgetTarget.Named(found, groups);
        await ForgottenDocuments.FindAsync(store, name, target, cancellationToken).ConfigureAwait(false);
        if (found.Count + groups.Count == 0)
        {
            await store.Safeguards.ReplaceAsync(name, [.. forgotten.Select(one => one.Ended())], cancellationToken).ConfigureAwait(false);
            return [];
        }

        await store.Safeguards.ReplaceAsync(name, [.. forgotten.Select(one => one.Begun())], cancellationToken).ConfigureAwait(false);
        var receipt = await ForgetAsync(target, options, cancellationToken).ConfigureAwait(false);
        if (receipt.IsClean)
        {
            await store.Safeguards.ReplaceAsync(
                name, [.. forgotten.Where(one => !receipt.Suppressed.Contains(one.Name, StringComparer.Ordinal)).Select(one => one.Ended())], cancellationToken).ConfigureAwait(false);
        }

        return [receipt];
    }
}
