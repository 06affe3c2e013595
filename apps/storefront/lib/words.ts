import type { Locale } from './reader.ts';

const en = {
  shop: 'Marigold', tagline: 'Everyday things, well chosen', search: 'Search', searchPlaceholder: 'Search the shop', skip: 'Skip to content', cart: 'Cart', categories: 'Categories',
  guest: 'Guest', shoppingAs: 'Shopping as', switchShopper: 'Be another shopper', otherLanguage: '中文', theme: 'Theme', light: 'Light', dark: 'Dark',
  forYou: 'Picked for you', popularNow: 'Popular now', forYouOffers: 'Your offers', until: 'until', withCode: 'Code', fresh: 'New on the shelf', seeAll: 'See all',
  add: 'Add to cart', addShort: 'Add', remove: 'Remove', less: 'One less', more: 'One more', inStock: 'In stock', lowStock: 'Only a few left', soldOut: 'Sold out', goesWith: 'Goes well with it', price: 'Price', withOffer: 'with your offer',
  results: 'Results for', nothingFound: 'Nothing found. Try a shorter word, or look through the categories.', products: 'products', next: 'More products', first: 'Back to the start',
  yourCart: 'Your cart', cartEmpty: 'Your cart is empty.', goShopping: 'Go shopping', subtotal: 'Subtotal', discount: 'You save', shipping: 'Shipping', free: 'Free', total: 'Total', gift: 'Gift', each: 'each',
  applied: 'Offers in your cart', almost: 'Almost there', code: 'Promotion code', apply: 'Apply', codeApplied: 'is applied', codeUnknown: 'is not a code we know, or it is not valid any more.', mayLike: 'You may also like',
  checkout: 'Checkout', checkoutNote: 'This is a demo shop: nothing is charged or sent.', placeOrder: 'Place the order', priceChanged: 'The total has changed since you last looked. Please check it and confirm again.', newTotal: 'New total', oldTotal: 'Before',
  thanks: 'Thank you!', orderNumber: 'Order', placedOn: 'Placed on', saved: 'You saved', cancelled: 'Cancelled', cancelOrder: 'Cancel the order', returnOne: 'Return one', returned: 'returned', refundNote: 'Returned. Refund:', cancelNote: 'The order is cancelled and its discounts are given back.',
  asked: 'What the shop asked Promolift', askedNote: 'Live from this page. The key stays on the shop’s server.', askedSteps: 'Sent by your last steps', askedNothing: 'Nothing yet: this page needed no answer.', copy: 'Copy', copied: 'Copied', query: 'Query', variables: 'Variables', answer: 'Answer', servedBy: 'served by', close: 'Close', ms: 'ms',
  away: 'Our offers are taking a short break. You can look around; prices are those we last knew.', awayEmpty: 'The shelves are being refilled. Please come back in a moment.', failed: 'That did not work just now. Nothing was lost; please try again.', tryAgain: 'Try again',
  notFound: 'This page is not here', notFoundNote: 'It may have been moved, or the product is no longer sold.', home: 'Home', who: 'Who is shopping?', whoNote: 'Each shopper sees their own recommendations and offers. Segments are learned from what they did.', noSegments: 'no segment yet', beGuest: 'Shop as a guest', byNumber: 'Shopper number', switchTo: 'Switch', current: 'current', quantity: 'Quantity', about: 'About this product', sku: 'Item number', savedLine: 'saved',
};
export type Words = typeof en;

const zh: Words = {
  shop: '万寿菊', tagline: '日常好物，用心挑选', search: '搜索', searchPlaceholder: '搜索商品', skip: '跳到正文', cart: '购物车', categories: '分类',
  guest: '访客', shoppingAs: '当前顾客', switchShopper: '换一位顾客', otherLanguage: 'English', theme: '外观', light: '浅色', dark: '深色',
  forYou: '为你推荐', popularNow: '热门商品', forYouOffers: '你的优惠', until: '截止', withCode: '优惠码', fresh: '新品上架', seeAll: '查看全部',
  add: '加入购物车', addShort: '加入', remove: '移除', less: '减一件', more: '加一件', inStock: '有货', lowStock: '仅剩少量', soldOut: '已售完', goesWith: '搭配购买', price: '价格', withOffer: '优惠价',
  results: '搜索结果：', nothingFound: '没有找到商品。请换个更短的词，或浏览分类。', products: '件商品', next: '更多商品', first: '回到开头',
  yourCart: '购物车', cartEmpty: '购物车是空的。', goShopping: '去逛逛', subtotal: '小计', discount: '已优惠', shipping: '运费', free: '免运费', total: '合计', gift: '赠品', each: '每件',
  applied: '已享优惠', almost: '再买一点', code: '优惠码', apply: '使用', codeApplied: '已生效', codeUnknown: '不是有效的优惠码，或已失效。', mayLike: '你可能还喜欢',
  checkout: '结算', checkoutNote: '这是演示商店：不会扣款，也不会发货。', placeOrder: '提交订单', priceChanged: '总价有变化，请确认后再提交。', newTotal: '新的合计', oldTotal: '之前',
  thanks: '谢谢！', orderNumber: '订单', placedOn: '下单日期', saved: '本单节省', cancelled: '已取消', cancelOrder: '取消订单', returnOne: '退一件', returned: '已退', refundNote: '已退货，退款：', cancelNote: '订单已取消，优惠已退回。',
  asked: '商店向 Promolift 查询了什么', askedNote: '来自本页的实时查询。密钥只留在商店的服务器上。', askedSteps: '你刚才的操作发送的请求', askedNothing: '本页没有查询。', copy: '复制', copied: '已复制', query: '查询', variables: '变量', answer: '结果', servedBy: '来源', close: '关闭', ms: '毫秒',
  away: '优惠服务暂时休息。你可以继续浏览，价格为最近一次的价格。', awayEmpty: '货架正在补货，请稍后再来。', failed: '刚才没有成功，内容没有丢失，请再试一次。', tryAgain: '再试一次',
  notFound: '找不到这个页面', notFoundNote: '页面可能已移动，或商品已下架。', home: '首页', who: '谁在购物？', whoNote: '每位顾客看到自己的推荐和优惠。分群由顾客的行为学习得来。', noSegments: '暂无分群', beGuest: '以访客身份购物', byNumber: '顾客编号', switchTo: '切换', current: '当前', quantity: '数量', about: '商品信息', sku: '货号', savedLine: '已省',
};

const WORDS: Record<Locale, Words> = { en, zh };
export const wordsIn = (locale: Locale): Words => WORDS[locale];

const CATEGORY_ZH: Record<string, string> = {
  snacks: '零食', 'coffee-tea': '咖啡与茶', beverages: '饮料', household: '家居清洁', 'personal-care': '个人护理', pet: '宠物', kitchen: '厨房', 'winter-clothing': '冬装', garden: '园艺', toys: '玩具',
};
/** Names come from the catalogue; the demo shop's own categories are also known in Chinese. */
export const categoryName = ({ key, name }: { key: string; name: string }, locale: Locale): string => (locale === 'zh' ? (CATEGORY_ZH[key] ?? name) : name);
