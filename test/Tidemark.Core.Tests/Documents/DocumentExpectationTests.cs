using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Documents;

public sealed class DocumentExpectationTests
{
    [Fact]
    public void What_was_expected_is_said_as_it_was_asked_for()
    {
        DocumentExpectation.IsAbsent.ToString().ShouldBe("none");
        DocumentExpectation.IsAt(7).ToString().ShouldBe("sequence 7");
        DocumentExpectation.HasVersion(3).ToString().ShouldNotBeNull().ShouldStartWith("version 3");
    }
}
