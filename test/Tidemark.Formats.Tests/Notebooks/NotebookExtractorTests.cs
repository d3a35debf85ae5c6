using System.Text;
using Shouldly;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

public sealed class NotebookExtractorTests
{
    [Fact]
    public void Cells_and_what_they_gave_out_are_text()
    {
        const string notebook = """
            {"metadata":{"language_info":{"name":"python"}},"nbformat":4,"cells":[
            {"cell_type":"markdown","source":["# Tides\n","Some *text*."]},
            {"cell_type":"code","source":"print(1)\n","outputs":[{"output_type":"stream","text":["\u001b[31m1\u001b[0m\n"]},
             {"output_type":"display_data","data":{"image/png":"AAAA","text/plain":"<Figure>"}},
             {"output_type":"execute_result","data":{"text/html":"<b>2</b>","text/plain":["2"]}},
             {"output_type":"error","ename":"ValueError","evalue":"no","traceback":["x"]}]},
            {"cell_type":"raw","source":"raw"},{"cell_type":"code","source":[],"outputs":[]}]}
            """;
        var read = new NotebookExtractor().Extract("a.ipynb", Encoding.UTF8.GetBytes(notebook));
        read.Text.ShouldBe(
            "# Tides\nSome *text*.\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\n```text\n2\n```\n\n```text\nValueError: no\n```\n\nraw\n");
        read.Metadata.Json.ShouldBe("""{"language":"python"}""");
    }

    [Fact]
    public void An_older_notebook_is_read_too() => new NotebookExtractor().Extract(
        "a.ipynb", "{\"worksheets\":[{\"cells\":[{\"cell_type\":\"code\",\"input\":\"x = `a`\",\"outputs\":[{\"output_type\":\"pyout\",\"text\":\"3\"}]}]}]}"u8)
        .Text.ShouldBe("```\nx = `a`\n```\n\n```text\n3\n```\n");

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"cells\":3}")]
    [InlineData("{\"cells\":[")]
    [InlineData("")]
    public void What_is_no_notebook_is_refused(string content) =>
        Should.Throw<ItemException>(() => new NotebookExtractor().Extract("docs/a.ipynb", Encoding.UTF8.GetBytes(content)))
            .Code.ShouldBe(ErrorCodes.SourceMalformed);

    [Theory]
    [InlineData("{\"cells\":[1,null,{\"cell_type\":5},{\"cell_type\":\"code\",\"outputs\":[1,{\"output_type\":\"execute_result\",\"data\":[]}]}]}")]
    [InlineData("{\"metadata\":[],\"cells\":[]}")]
    public void What_is_odd_is_passed_over(string content) =>
        new NotebookExtractor().Extract("a.ipynb", Encoding.UTF8.GetBytes(content)).Text.ShouldBe("");
}
