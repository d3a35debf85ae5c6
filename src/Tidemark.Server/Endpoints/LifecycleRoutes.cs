using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>What takes documents out of the index, keeps them, and brings them back.</summary>
internal static class LifecycleRoutes
{
    internal static readonly Parameter SourceId = Parameter.Text("sourceId", "All documents of a source id.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "archive", "listArchive", "What can be brought back, and until when.", AccessScope.Read)
        {
            Parameters = [CommonParameters.Limit],
            Schema = Schemas.Array,
            Handle = ListArchiveAsync,
        },
        new("POST", "restore", "restore", "Brings back what was deleted or has expired.", AccessScope.Write)
        {
            Parameters = [CommonParameters.Document, SourceId, Parameter.Text("run", "What that run took away."), CommonParameters.AsOf],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call =>
            {
                var (target, asOf) = (RestoreTargetOf(call), call.Arguments.Moment("asOf"));
                return call.RunAsync("restore", (_, cancellationToken) => call.Index.RestoreAsync(target, asOf, OptionsOf(call), cancellationToken));
            },
        },
        new("POST", "expire", "expire", "Closes documents whose time is over.", AccessScope.Write)
        {
            Parameters = [CommonParameters.DryRun],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("expire", (_, cancellationToken) => call.Index.ExpireAsync(OptionsOf(call), cancellationToken)),
        },
        new("POST", "purge", "purge", "Removes for good what is kept of a document that is gone.", AccessScope.Admin)
        {
            Parameters = [CommonParameters.Document, SourceId, CommonParameters.DryRun],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call =>
            {
                var (scope, id) = MeantOf(call);
                var target = scope == SafeguardScope.Document ? new PurgeTarget { Document = id } : new PurgeTarget { SourceId = id };
                return call.RunAsync("purge", (_, cancellationToken) => call.Index.PurgeAsync(target, OptionsOf(call), cancellationToken));
            },
        },
        new("POST", "forget", "forget", "Removes every trace of documents, and gives the signed receipt.", AccessScope.Admin)
        {
            Parameters =
            [
                CommonParameters.Document, SourceId,
                Parameter.Texts("filter", "All documents whose metadata meet it, as in a search: 'person=17'; all of them must hold."),
            ],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = ForgetAsync,
        },
        new("GET", "holds", "listHolds", "What is held, since when and why.", AccessScope.Read)
        {
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var holds = await call.Index.HoldsAsync(call.Namespace, call.Ended);
                await call.AnswerAsync(json => HoldJson.Write(json, holds));
            },
        },
        new("POST", "holds", "addHold", "Keeps documents whatever their age or their time.", AccessScope.Admin)
        {
            Parameters = [CommonParameters.Document, SourceId, Parameter.Text("reason", "Why, for people.")],
            Body = RequestBody.Parameters,
            Handle = async call =>
            {
                var (scope, id) = MeantOf(call);
                var added = await call.Index.AddHoldAsync(scope, id, call.Arguments.Text("reason") ?? "", call.Namespace, call.Ended);
                await call.AnswerAsync(json => HoldJson.Write(json, scope, id, added));
            },
        },
        new("DELETE", "holds", "releaseHold", "Ends a hold.", AccessScope.Admin)
        {
            Parameters = [CommonParameters.Document, SourceId],
            Handle = async call =>
            {
                var (scope, id) = MeantOf(call);
                await call.Index.ReleaseHoldAsync(scope, id, call.Namespace, call.Ended);
                await call.AnswerAsync(json => HoldJson.Write(json, scope, id, added: null));
            },
        },
    ];

    private static async Task ListArchiveAsync(Call call)
    {
        var archived = await call.Index.ArchiveAsync(call.Options.Retention.HistoryOf(call.Namespace), call.Namespace, call.Ended)
            .Take(call.Arguments.Integer("limit")).ToListAsync(call.Ended);
        await call.AnswerAsync(json => json.WriteArray(archived, ArchivedDocumentJson.Write));
    }

    private static Task ForgetAsync(Call call)
    {
        var target = ForgetTargetOf(call);
        return call.RunAsync("forget", async (_, cancellationToken) =>
        {
            var receipt = await call.Index.ForgetAsync(target, OptionsOf(call), cancellationToken);
            var (secret, _) = await call.Index.ForgottenAsync(call.Namespace, cancellationToken);
            return json => ErasureReceiptJson.Write(json, receipt, secret);
        });
    }

    private static ForgetTarget ForgetTargetOf(Call call)
    {
        if (call.Arguments.Texts("filter") is { Count: > 0 } filter)
        {
            return call.Arguments.Text("document") is null or "" && call.Arguments.Text("sourceId") is null or ""
                ? ForgetTarget.Matching(MetadataFilter.Parse(filter))
                : throw Unsaid("'document', 'sourceId' or 'filter'");
        }

        var (scope, id) = MeantOf(call);
        return scope == SafeguardScope.Document ? ForgetTarget.Document(id) : ForgetTarget.SourceId(id);
    }

    internal static LifecycleOptions OptionsOf(Call call) => new()
    {
        Namespace = call.Namespace,
        DryRun = call.Arguments.Flag("dryRun"),
        Spending = call.Options.Spending,
        Wait = call.Patience ?? TimeSpan.Zero,
    };

    /// <summary>A document, or all of a source id. An empty text says nothing.</summary>
    internal static (SafeguardScope Scope, string Id) MeantOf(Call call) => (call.Arguments.Text("document"), call.Arguments.Text("sourceId")) switch
    {
        ({ Length: > 0 } document, null or "") => (SafeguardScope.Document, document),
        (null or "", { Length: > 0 } group) => (SafeguardScope.SourceId, group),
        _ => throw Unsaid("'document' or 'sourceId'"),
    };

    private static RestoreTarget RestoreTargetOf(Call call) =>
        (call.Arguments.Text("document"), call.Arguments.Text("sourceId"), call.Arguments.Run("run")) switch
        {
            ({ Length: > 0 } document, null, null) => RestoreTarget.Document(document),
            (null, { Length: > 0 } group, null) => RestoreTarget.Source(group),
            (null, null, { } run) => RestoreTarget.OfRun(run),
            _ => throw Unsaid("'document', 'sourceId' or 'run'"),
        };

    private static TidemarkException Unsaid(string names) =>
        new(ErrorCodes.Usage, "it is not said, or said twice, what is meant", $"give one of {names}");
}
