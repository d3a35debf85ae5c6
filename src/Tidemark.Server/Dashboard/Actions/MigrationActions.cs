using Tidemark.Migrating;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>The steps of a migration.</summary>
internal static class MigrationActions
{
    private static readonly Parameter Accept = Parameter.Text("accept", "Take an undecided gate.");

    public static IEnumerable<DashboardAction> All => [.. ToBuild, .. ToSwitch];

    private static IEnumerable<DashboardAction> ToBuild =>
    [
        new("start", AccessScope.Admin, [])
        {
            Describe = async (call, _) =>
            {
                var pipeline = (await call.Index.PipelineAsync(call.Namespace, call.Ended)).Identity;
                var active = (await call.Index.MigrationStatusAsync(call.Namespace, call.Ended)).Active;
                return new Confirmation(
                    "Build another generation",
                    [
                        $"Beside generation {active?.Id}, another one is built from the stored texts, with what the service is configured with now.",
                        $"Now: {active?.Pipeline.Space}, {active?.Pipeline.Chunker}. Configured: {pipeline.Space}, {pipeline.Chunker}.",
                        "What the new space lacks is sent to the model, which may cost money; the budget of the month holds.",
                        "Searches go on being answered by the present one, and nothing changes for them.",
                    ],
                    "Build")
                {
                    Obstacle = active?.Pipeline == pipeline ? "The namespace is built so already: change the configuration of the service first." : null,
                    Back = "migration",
                };
            },
            Act = async (call, _, operation, cancellationToken) => ResultText.Of(
                await call.Index.StartMigrationAsync(OptionsOf(call) with { Progress = operation }, cancellationToken)),
        },
        new("validate", AccessScope.Write, [])
        {
            Describe = (_, _) => Task.FromResult(new Confirmation(
                "Compare both generations",
                ["Every golden query is asked of both generations; each asks the model once for each.", "Nothing is changed."],
                "Compare")
            { Back = "migration" }),
            Act = async (call, _, _, cancellationToken) => ResultText.Of(await call.Index.ValidateMigrationAsync(call.Namespace, cancellationToken)),
        },
        new("golden", AccessScope.Write, [])
        {
            Describe = (_, _) => Task.FromResult(new Confirmation(
                "Ask the golden queries",
                ["Every golden query is asked of the generation that answers, and what it gets is kept as a run."],
                "Ask")
            { Back = "migration" }),
            Act = async (call, _, _, cancellationToken) => ResultText.Of(await call.Index.RunGoldenAsync(call.Namespace, cancellationToken)),
        },
    ];

    private static IEnumerable<DashboardAction> ToSwitch =>
    [
        new("promote", AccessScope.Admin, [Accept])
        {
            Describe = async (call, _) =>
            {
                var status = await call.Index.MigrationStatusAsync(call.Namespace, call.Ended);
                return new Confirmation(
                    $"Promote generation {status.Building?.Generation.Id}",
                    [
                        $"From then on generation {status.Building?.Generation.Id} ({status.Building?.Generation.Pipeline.Space}) answers every search, instead of {status.Active?.Id} ({status.Active?.Pipeline.Space}).",
                        $"The last {Show.Count(status.Building?.Behind ?? 0, "document", "documents")} that it lacks are brought along first, while nobody else writes.",
                        "The golden queries are asked before; where they speak against it, nothing happens.",
                        $"Generation {status.Active?.Id} follows from then on, so that the way back is as short.",
                    ],
                    "Promote")
                {
                    Asks = [("accept", "Promote also where the golden queries cannot decide", true)],
                    Obstacle = status.Building is null ? "No generation is built beside the one that answers." : null,
                    Back = "migration",
                };
            },
            Act = async (call, form, _, cancellationToken) => ResultText.Of(await call.Index.PromoteMigrationAsync(
                OptionsOf(call) with { AcceptInconclusive = form.Text("accept") is not null }, cancellationToken)),
        },
        Back("rollback", "Roll back to", "Roll back", (call, cancellationToken) => call.Index.RollBackMigrationAsync(OptionsOf(call), cancellationToken), isFinal: false,
            "It answers every search again, as it did before the last promotion; what changed since is brought along first.",
            "The generation that answers now follows, and can be promoted again."),
        Back("finish", "Let go of", "Finish", (call, cancellationToken) => call.Index.FinishMigrationAsync(OptionsOf(call), cancellationToken), isFinal: true,
            "It is not kept in step any more, and there is no way back to it.",
            "Its vectors stay stored until their retention is over."),
        new("cancel", AccessScope.Admin, [])
        {
            Describe = async (call, _) =>
            {
                var building = (await call.Index.MigrationStatusAsync(call.Namespace, call.Ended)).Building;
                return new Confirmation(
                    $"Give up generation {building?.Generation.Id}",
                    [
                        "It is not built any further, and what is built of it is removed. Searches do not notice.",
                        "What was embedded for it stays stored until it is collected: building it again soon costs nothing.",
                    ],
                    "Give up")
                {
                    IsFinal = true,
                    Obstacle = building is null ? "No generation is built beside the one that answers." : null,
                    Back = "migration",
                };
            },
            Act = async (call, _, _, cancellationToken) => ResultText.Of(await call.Index.CancelMigrationAsync(OptionsOf(call), cancellationToken)),
        },
    ];

    private static DashboardAction Back(
        string verb, string title, string button, Func<Call, CancellationToken, Task<MigrationSwitch>> act, bool isFinal, params string[] effects) =>
        new(verb, AccessScope.Admin, [])
        {
            Describe = async (call, _) =>
            {
                var previous = (await call.Index.MigrationStatusAsync(call.Namespace, call.Ended)).Previous;
                return new Confirmation($"{title} generation {previous?.Generation.Id}", effects, button)
                {
                    IsFinal = isFinal,
                    Obstacle = previous is null ? "There is no former generation." : null,
                    Back = "migration",
                };
            },
            Act = async (call, _, _, cancellationToken) => ResultText.Of(await act(call, cancellationToken)),
        };

    private static MigrationOptions OptionsOf(Call call) => new() { Namespace = call.Namespace, Spending = call.Options.Spending };
}
