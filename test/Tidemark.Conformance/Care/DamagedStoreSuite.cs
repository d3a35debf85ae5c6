using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;

namespace Tidemark.Conformance.Care;

/// <summary>What suites share that change a store's database behind its back.</summary>
public abstract class DamagedStoreSuite : StoreConformance
{
    private SyncBench? _bench;
    private TidemarkIndex? _index;

    protected SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    protected TidemarkIndex Index => _index ??= Bench.ComposeIndex();

    /// <summary>Runs a statement on the store's database, past the store.</summary>
    protected abstract Task ExecuteAsync(string sql);

    /// <summary>The command says that the store is damaged, and what repairs it.</summary>
    protected static Task<TidemarkException> RefusesAsync(Func<Task> command) => RefusesAsync("the command", command);

    /// <summary>The same of a command that is named where it does not.</summary>
    protected static async Task<TidemarkException> RefusesAsync(string name, Func<Task> command)
    {
        var refusal = await Should.ThrowAsync<TidemarkException>(command, name);
        refusal.Code.ShouldBe(ErrorCodes.StoreCorrupt, $"{name}: {refusal.Message}");
        refusal.Remedy.ShouldContain("Repair)", Case.Sensitive, name);
        return refusal;
    }
}
