using Microsoft.Playwright;

namespace AwoooP.Console.Tests;

/// <summary>Whether a page's texts stand out from what is behind them, as WCAG 2.2 counts it (1.4.3), on a light and on a dark page.</summary>
internal static class Readability
{
    /// <summary>Answers every text under 4.5, with its contrast; those of disabled controls and of colours that still change do not count.</summary>
    private const string FaintTexts =
        """
        async scheme => {
          while (document.documentElement.dataset.mantineColorScheme !== scheme) await new Promise(requestAnimationFrame);
          const changes = document.getAnimations().filter(animation => Number.isFinite(animation.effect.getComputedTiming().endTime));
          await Promise.allSettled(changes.map(animation => animation.finished));

          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const paint = color => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); };
          const luminance = () => {
            const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data]
              .map(value => value / 255)
              .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const behind = element => {
            if (element.parentElement) behind(element.parentElement); else paint("white");
            paint(getComputedStyle(element).backgroundColor);
          };
          const contrast = element => {
            behind(element);
            const background = luminance();
            paint(getComputedStyle(element).color);
            const [dark, light] = [background, luminance()].sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05);
          };

          const faint = new Set();
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode.textContent.trim();
            const element = texts.currentNode.parentElement;
            if (!text || !element.checkVisibility() || element.closest(":disabled, [data-disabled], script, style")) continue;
            const found = contrast(element);
            if (found < 4.5) faint.add(`${scheme}: ${text} (${found.toFixed(2)})`);
          }
          return [...faint];
        }
        """;

    /// <summary>Looks at the page as it is now, in both colour schemes; it stays in the light one.</summary>
    public static async Task ShouldBeReadableAsync(this IPage page)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await page.EvaluateAsync<string[]>(FaintTexts, scheme == ColorScheme.Dark ? "dark" : "light")).ShouldBeEmpty();
        }
    }
}
