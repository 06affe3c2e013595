import { graphql } from '@/generated/gql.ts';

export const TryCartFormQuery = graphql(`
  query TryCartForm {
    products(first: 100) { nodes { sku name } } campaigns(first: 100) { nodes { id title { ...Words } } } settings { currency timeZone }
  }
`);
export const PreviewCartQuery = graphql(`
  query PreviewCart($cart: CartInput!, $at: DateTime, $includeDrafts: Boolean!) {
    previewCart(cart: $cart, at: $at, includeDrafts: $includeDrafts) {
      evaluation {
        evaluatedAt isHeldOut subtotal { ...Sum } discount { ...Sum } shipping { ...Sum } tax { ...Sum } total { ...Sum }
        lines { lineId quantity isGift product { sku name } original { ...Sum } discount { ...Sum } final { ...Sum } }
        applied { promotionId campaignId amount { ...Sum } desired { ...Sum } limitedBy code message { ...Words } }
        rejected { promotionId campaignId reason failing required actual code message { ...Words } condition { kind required actual isUnknown isNegated } }
        nearMisses { promotionId campaignId progress message { ...Words } }
        codes { code status message { ...Words } }
      }
      userErrors { ...Problem }
    }
  }
`);
