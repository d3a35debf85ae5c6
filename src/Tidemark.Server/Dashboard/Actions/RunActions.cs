using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>Runs over the sources of the service.</summary>
internal static class RunActions
{
    private static readonly Parameter AllowDelete = Parameter.Text("allowDelete", "The deletion guard holds nothing back.");

    public static IEnumerable<DashboardAction> All =>
    [
        new("sync", AccessScope.Write, [AllowDelete])
        {
            Describe = (_, _) => Task.FromResult(new Confirmation(
                "Sync the sources",
                [
                    "All sources that the service is configured with are listed; what changed is read, embedded and applied.",
                    "New texts are sent to the embedding model, which may cost money; the budget of the month holds.",
                    "The deletion guard holds back deletions that look like a mistake.",
                ],
                "Sync")
            {
                Asks = [("allowDelete", "Take all deletions: what is missing in the sources is meant to be gone", true)],
                Back = "runs",
            }),
            Act = async (call, form, operation, cancellationToken) => ResultText.Of(await call.Index.SyncAsync(
                new SyncOptions
                {
                    Namespace = call.Namespace,
                    Sources = ServedSources.ToSync(call, []),
                    Guard = form.Text(AllowDelete.Name) is null ? null : DeletionGuard.Off,
                    Spending = call.Options.Spending,
                    Progress = operation,
                },
                cancellationToken)),
        },
        new("verify", AccessScope.Read, [])
        {
            Describe = (_, _) => Task.FromResult(new Confirmation(
                "Verify the index",
                [
                    "Records, embeddings and index are compared with each other, and with the sources that the service is configured with.",
                    "Every chunk is read, which takes a while with a large index. Nothing is changed and no model is asked.",
                ],
                "Verify")
            { Back = "runs" }),
            Act = async (call, _, _, cancellationToken) => ResultText.Of(await call.Index.VerifyAsync(OptionsOf(call), cancellationToken)),
        },
        new("repair", AccessScope.Admin, [])
        {
            Describe = (_, _) => Task.FromResult(new Confirmation(
                "Verify and repair the index",
                [
                    "As verifying; what is missing in the index is put there again, and what does not belong there is taken out.",
                    "Vectors that were paid for are used again. Only what was lost everywhere is sent to the model anew.",
                ],
                "Repair")
            { Back = "runs" }),
            Act = async (call, _, _, cancellationToken) => ResultText.Of(
                await call.Index.VerifyAsync(OptionsOf(call) with { Repair = true }, cancellationToken)),
        },
    ];

    private static VerifyOptions OptionsOf(Call call) => new()
    {
        Namespace = call.Namespace,
        Sources = ServedSources.ToCompare(call, []),
        Spending = call.Options.Spending,
    };
}
