using Shouldly;
using Tidemark.Judging;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

/// <summary>
/// How often the decision is wrong, on models that are made up and whose truth is known: five documents expected of each query, found with
/// 60 to 100 % depending on the query; half of what the second model finds is what the first one found, the rest is by chance. Seeded.
/// </summary>
public sealed class GateSimulationTests(ITestOutputHelper output)
{
    private const int Comparisons = 500, Queries = 50, Expected = 5;

    [Fact]
    public void Equal_models_are_blocked_in_one_of_twenty_comparisons_at_most()
    {
        var outcomes = Simulate(loss: 0);

        outcomes[GateOutcome.Block].ShouldBeLessThanOrEqualTo(Comparisons / 20);
        outcomes[GateOutcome.Pass].ShouldBeGreaterThan(Comparisons / 2, "it must be possible to pass");
    }

    [Fact]
    public void A_loss_of_a_tenth_is_blocked_in_six_of_seven_comparisons_at_least() =>
        Simulate(loss: 0.10)[GateOutcome.Block].ShouldBeGreaterThanOrEqualTo(Comparisons * 85 / 100);

    [Fact]
    public void A_loss_that_can_neither_be_seen_nor_ruled_out_is_said_to_be_that() =>
        Simulate(loss: 0.05)[GateOutcome.Inconclusive].ShouldBeGreaterThan(Comparisons / 5);

    private Dictionary<GateOutcome, int> Simulate(double loss)
    {
        var random = new SeededNumbers(20_260_214);
        var outcomes = Enum.GetValues<GateOutcome>().ToDictionary(outcome => outcome, _ => 0);
        for (var i = 0; i < Comparisons; i++)
        {
            outcomes[GoldenComparison.Of([.. Enumerable.Range(0, Queries).Select(query => Ask(query, loss, ref random))]).Outcome]++;
        }

        output.WriteLine($"loss {loss}: {string.Join(", ", outcomes)}");
        return outcomes;
    }

    private static (GoldenQuery, IReadOnlyList<string>, IReadOnlyList<string>) Ask(int query, double loss, ref SeededNumbers random)
    {
        const double Mean = 0.8;
        var skill = 0.6 + (0.4 * Share(ref random));
        var (active, candidate) = (new List<string>(), new List<string>());
        for (var i = 0; i < Expected; i++)
        {
            var isFound = Share(ref random) < skill;
            var isFoundAgain = Share(ref random) < 0.5 ? isFound : Share(ref random) < skill;
            if (isFound)
            {
                active.Add($"d{i}");
            }

            if (isFoundAgain && Share(ref random) >= loss / Mean)
            {
                candidate.Add($"d{i}");
            }
        }

        var question = new GoldenQuery { Query = $"q{query}", Expected = [.. Enumerable.Range(0, Expected).Select(i => new GoldenAnswer($"d{i}"))] };
        return (question, active, candidate);
    }

    private static double Share(ref SeededNumbers random) => (random.Next() >> 11) / (double)(1UL << 53);
}
