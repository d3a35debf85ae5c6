using System.Reflection;
using Shouldly;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Core.Tests.Diagnostics;

public sealed class ErrorKindsTests
{
    [Fact]
    public void Every_code_has_a_kind() => ErrorKinds.Codes.Order(StringComparer.Ordinal).ShouldBe(
        typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_has_a_code() =>
        ErrorKinds.Codes.Select(ErrorKinds.Of).Distinct().Order().ShouldBe(Enum.GetValues<ErrorKind>().Order());

    [Theory]
    [InlineData(ErrorCodes.RunLocked, true)]
    [InlineData(ErrorCodes.StoreBusy, true)]
    [InlineData(ErrorCodes.EmbeddingUnavailable, true)]
    [InlineData(ErrorCodes.EmbeddingRateLimited, true)]
    [InlineData(ErrorCodes.StoreUnreachable, true)]
    [InlineData(ErrorCodes.IndexUnavailable, true)]
    [InlineData(ErrorCodes.EmbeddingKey, false)]
    [InlineData(ErrorCodes.StoreFull, false)]
    [InlineData(ErrorCodes.StoreCorrupt, false)]
    [InlineData(ErrorCodes.BudgetReached, false)]
    [InlineData(ErrorCodes.SourceMalformed, false)]
    [InlineData(ErrorCodes.Internal, false)]
    [InlineData("somebody.elses", false)]
    public void What_may_succeed_later_without_anybody_changing_anything_is_transient(string code, bool transient) =>
        new TidemarkException(code, "it failed", "mend it").IsTransient.ShouldBe(transient);

    [Fact]
    public void A_log_of_the_exception_has_the_code_and_the_remedy()
    {
        var inner = new InvalidOperationException("why");
        var failure = new EmbeddingRequestException(
            EmbeddingFault.Transient, ErrorCodes.EmbeddingUnavailable, "'x' gave no answer", "wait for it", inner);

        var text = failure.ToString();

        text.ShouldStartWith($"{typeof(EmbeddingRequestException).FullName}: 'x' gave no answer [embedding.unavailable] wait for it");
        text.ShouldContain("why");
    }
}
