using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>Bringing back, keeping, and removing for good.</summary>
internal static class LifecycleActions
{
    private static readonly Parameter Document = Parameter.Text("document", "The id of a document.");
    private static readonly Parameter SourceId = Parameter.Text("sourceId", "All documents of a source id.");
    private static readonly Parameter Reason = Parameter.Text("reason", "Why, for people.");

    public static IEnumerable<DashboardAction> All => [.. OfDocuments, .. OfHolds];

    private static IEnumerable<DashboardAction> OfDocuments =>
    [
        new("restore", AccessScope.Write, [Document.Required(), CommonParameters.AsOf])
        {
            Describe = (_, arguments) => Task.FromResult(new Confirmation(
                $"Restore '{arguments.Required("document")}'",
                [
                    arguments.Text("asOf") is { } then ? $"The document is again as it was {Then(then)}." : "The document is again as it was before it went.",
                    "Searches find it at once. Its vectors are those that were paid for.",
                    "No cleanup takes it away until its source has listed it again.",
                ],
                "Restore")
            {
                Back = "archive",
            }),
            Act = async (call, form, _, cancellationToken) => ResultText.Of(await call.Index.RestoreAsync(
                RestoreTarget.Document(form.Required("document")), form.Moment("asOf"), OptionsOf(call), cancellationToken)),
        },
        new("purge", AccessScope.Admin, [Document.Required()])
        {
            Describe = (_, arguments) => Task.FromResult(new Confirmation(
                $"Purge '{arguments.Required("document")}'",
                [
                    "What is kept of this document that is gone is removed: it cannot be restored, and its history ends here.",
                    "A document that is live, or held, is not touched. For erasure with a receipt use 'forget'.",
                ],
                "Purge")
            {
                IsFinal = true,
                Back = "archive",
            }),
            Act = async (call, form, _, cancellationToken) => ResultText.Of(
                await call.Index.PurgeAsync(new PurgeTarget { Document = form.Required("document") }, OptionsOf(call), cancellationToken)),
        },
        new("forget", AccessScope.Admin, [Document.Required()])
        {
            Describe = (_, arguments) => Task.FromResult(new Confirmation(
                $"Forget '{arguments.Required("document")}'",
                [
                    "Every trace of it is removed: index, keywords, vectors, history, archive, queue; then it is looked for where it was.",
                    "The document does not come back, even when its source lists it: 'tidemark forget --lift' ends that.",
                    "You get a signed receipt. Backups are not covered.",
                ],
                "Forget")
            {
                IsFinal = true,
                Back = "documents",
            }),
            Act = async (call, form, _, cancellationToken) =>
            {
                var receipt = await call.Index.ForgetAsync(ForgetTarget.Document(form.Required("document")), OptionsOf(call), cancellationToken);
                var (secret, _) = await call.Index.ForgottenAsync(call.Namespace, cancellationToken);
                return json => ErasureReceiptJson.Write(json, receipt, secret);
            },
        },
    ];

    private static IEnumerable<DashboardAction> OfHolds =>
    [
        new("hold", AccessScope.Admin, [Document.Required(), Reason])
        {
            Describe = (_, arguments) => Task.FromResult(new Confirmation(
                $"Hold '{arguments.Required("document")}'",
                ["It is kept whatever its age: neither expiry nor purge nor 'forget' touches it or its history, until the hold is released."],
                "Hold")
            {
                Asks = [("reason", "Why (for people who come later)", false)],
                Back = "holds",
            }),
            Act = async (call, form, _, cancellationToken) =>
            {
                var id = form.Required("document");
                var added = await call.Index.AddHoldAsync(SafeguardScope.Document, id, form.Text("reason") ?? "", call.Namespace, cancellationToken);
                return json => HoldJson.Write(json, SafeguardScope.Document, id, added);
            },
        },
        new("release", AccessScope.Admin, [Document, SourceId])
        {
            Describe = (_, arguments) => Task.FromResult(new Confirmation(
                $"Release the hold on '{Held(arguments).Id}'",
                ["It ages again as everything else: what is past its time can be expired, purged and forgotten."],
                "Release")
            { Back = "holds" }),
            Act = async (call, form, _, cancellationToken) =>
            {
                var (scope, id) = Held(form);
                await call.Index.ReleaseHoldAsync(scope, id, call.Namespace, cancellationToken);
                return json => HoldJson.Write(json, scope, id, added: null);
            },
        },
    ];

    private static (SafeguardScope Scope, string Id) Held(CallArguments arguments) => arguments.Text("document") is { Length: > 0 } document
        ? (SafeguardScope.Document, document)
        : (SafeguardScope.SourceId, arguments.Required("sourceId"));

    private static string Then(string moment) => moment.All(char.IsAsciiDigit) ? $"after run {moment}" : $"at {moment}";

    private static LifecycleOptions OptionsOf(Call call) => new() { Namespace = call.Namespace, Spending = call.Options.Spending };
}
