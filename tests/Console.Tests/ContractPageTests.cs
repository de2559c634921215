using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AwoooP.Console.Tests;

/// <summary>The page of a contract: one person publishes, two more read what changes and sign, each with a key and in a browser of their own.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ContractPageTests(ServedConsole console)
{
    /// <summary>Asks for what the page does not offer, in the session that the page has.</summary>
    private const string SignAnyway =
        """
        async contract => {
          const version = `/v1/platform/contracts/${contract}/versions/2`;
          const { document_sha256 } = await (await fetch(version)).json();
          const answer = await fetch(`${version}/sign`, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-Awooop-Console": "1" },
            body: JSON.stringify({ document_sha256, signature_id: "01990000-0000-7000-8000-000000000001" }),
          });
          const { code, detail } = await answer.json();
          return `${answer.status} ${code}: ${detail}`;
        }
        """;

    [Fact]
    public async Task Contract_Drafted_IsPublishedByOneAndPutInForceByTwoOthers()
    {
        await console.PublishPolicyAsync("deletes", 1, "deny");
        await console.DraftPolicyAsync("deletes", "require_approval");

        await PublishAsync(await OpenAsync("paul", "admin"));
        var first = await OpenAsync("rosa", "approver");
        await SignAsync(first, "rosa");
        await Expect(first.GetByTestId("status-2")).ToHaveTextAsync("waits for signatures");
        await Expect(first.GetByTestId("version-2")).ToContainTextAsync("You have signed.");
        var second = await OpenAsync("sven", "approver");
        await SignAsync(second, "sven");

        await Expect(second.GetByTestId("status-2")).ToHaveTextAsync("in force");
        await Expect(second.GetByTestId("version-2")).ToContainTextAsync("Signed by rosa");
        await Expect(second.GetByTestId("status-1")).ToHaveTextAsync("waits for signatures");
        await second.ShouldBeReadableAsync();
        await second.ShootAsync("contract");
        // The page of whoever signed before follows.
        await Expect(first.GetByTestId("status-2")).ToHaveTextAsync("in force");
        await second.GetByRole(AriaRole.Link, new() { Name = "All contracts" }).ClickAsync();
        await Expect(second.GetByTestId("policy/deletes")).ToContainTextAsync("v2");
        await second.ShouldBeReadableAsync();
        await second.ShootAsync("contracts");
    }

    /// <summary>Who published is told who has to sign, is offered no signature, and is refused the one that is asked for all the same.</summary>
    private static async Task PublishAsync(IPage page)
    {
        var version = page.GetByTestId("version-2");
        await Expect(page.GetByTestId("status-2")).ToHaveTextAsync("draft");
        await version.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Version 2 of policy/deletes is sealed and never changed again.");
        await page.ShouldBeReadableAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.GetByTestId("status-2")).ToHaveTextAsync("waits for signatures");
        await Expect(version).ToContainTextAsync("You published this version: two other people have to sign it.");
        await Expect(version.GetByRole(AriaRole.Button, new() { Name = "Sign" })).ToHaveCountAsync(0);
        await page.ShouldBeReadableAsync();
        (await page.EvaluateAsync<string>(SignAnyway, "policy/deletes")).ShouldBe("403 publisher_cannot_sign: Who published a version may not sign it.");
        await page.ReloadAsync();
        await Expect(version).ToContainTextAsync("Signatures: 0/2");
    }

    /// <summary>Reads what the second version says and changes, and signs it.</summary>
    private static async Task SignAsync(IPage page, string person)
    {
        var version = page.GetByTestId("version-2");
        await Expect(version).ToContainTextAsync("Deleting cannot be undone.");
        await Expect(page.GetByTestId("changes-2")).ToContainTextAsync("$.rules[0].effect");
        await Expect(page.GetByTestId("changes-2")).ToContainTextAsync("require_approval");
        await version.GetByRole(AriaRole.Button, new() { Name = "Sign" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("version 2 of policy/deletes");
        await page.ShouldBeReadableAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign" }).ClickAsync();
        await Expect(version).ToContainTextAsync($"Signed by {person}");
    }

    /// <summary>The contract's page, in front of a further person.</summary>
    private async Task<IPage> OpenAsync(string person, string role)
    {
        var page = await console.OpenAsync();
        await page.SignInAsync(await console.IssueKeyAsync(person, role));
        await page.GoToAsync("Contracts");
        await page.GetByRole(AriaRole.Link, new() { Name = "deletes" }).ClickAsync();
        return page;
    }
}
